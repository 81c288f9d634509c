namespace WhatsAppOnboarding.Errors;

/// <content>What is to be said of a number: what was noticed, why it is gone, what Meta said.</content>
internal static partial class English
{
    private const string Manager = "Open WhatsApp Manager to see why and what to do.";
    private const string Nothing = "You do not need to do anything.";
    private const string Again = $"Press {Connect} to have it back.";

    private static Dictionary<string, (string Message, string Action)> Findings => new()
    {
        ["scope_missing"] = ("Meta does not list a permission that this service asks for.", "If something does not work, connect again and leave every permission ticked."),
        ["token_short_lived"] = ("The access ends within a day.", "Connect again to get one that lasts."),
        ["token_life_unknown"] = ("Meta did not say when this access ends.", "If the number stops working, connect again."),
        ["waba_unread"] = ("Another WhatsApp account that you granted could not be read: {0}", "Do what the reason asks for, then connect again."),
        ["waba_hidden"] = ("Meta names another WhatsApp account, but does not show it: it was deleted, or is not shared any more.", "If you miss its numbers, connect again and tick that account; else nothing is to be done."),
        ["check"] = ("Your last connect did not include this number's WhatsApp account.", "If the number stops working, connect again and tick that account."),
        ["number_moved"] = ("Meta lists this number in another WhatsApp account than the one that you connected.", $"Press {Connect} and choose the account that it is in now."),
        ["reconnect_needed"] = ("The stored access can no longer be used.", $"Press {Connect} to grant it again."),
        ["token_unreadable"] = ("The stored access cannot be opened here any more.", $"Press {Connect} to grant it again."),
        ["number_shared"] = ("Another account of this service has connected the same number, too.", "If you did not know that, ask in your company who else has connected it."),
        ["shared_proof_stale"] = ("Because the number is shared and your access to it was not proved lately, incoming messages pause.", $"Press {Connect} to receive them again."),
        ["not_registered"] = ("Meta says that the number is not registered for the API yet.", "Register it to send and receive."),
        ["status_flagged"] = ("Meta has flagged the number for low quality: customers block or report its messages.", "Write only to people who expect it."),
        ["status_rate_limited"] = ("Meta lets the number send less for now.", "Write only to people who expect it; the limit ends by itself."),
        ["status_pending"] = ("Meta has not finished with the number yet.", "Wait; this changes by itself when Meta is done. WhatsApp Manager shows what Meta waits for."),
        ["status_disconnected"] = ("Meta says that the number is disconnected.", $"Open WhatsApp Manager to see why. When it is connected there, this changes by itself within some hours; {Connect} looks at once."),
        ["status_unverified"] = ("Meta says that nobody has proved to own the number.", $"Verify it in WhatsApp Manager. This changes by itself within some hours; {Connect} looks at once."),
        ["status_offline"] = ("Meta cannot reach the number at the moment.", "Wait; this changes by itself when Meta reaches it again."),
        ["status_restricted"] = ("Meta restricts the number.", Manager),
        ["status_banned"] = ("Meta has banned the number.", "Appeal in WhatsApp Manager. Until Meta lifts the ban, use another number."),
        ["status_deleted"] = ("The number is deleted at Meta.", "Add it again in WhatsApp Manager, then connect again."),
        ["status_migrated"] = ("The number was moved to another WhatsApp account.", $"Press {Connect} and choose the account that it is in now."),
        ["status_unknown"] = ("Meta describes the number by a word that this service does not know.", "Open WhatsApp Manager to see how the number stands."),
        ["status_unsaid"] = ("Meta did not say whether the number can be used.", $"Meta is asked again by itself within some hours; {Connect} looks at once. WhatsApp Manager shows how the number stands."),
        ["not_live"] = ("Meta does not run this number for real customers: it is not in live mode.", $"Open WhatsApp Manager to see why. When the number is live, this changes by itself within some hours; {Connect} looks at once."),
        ["still_subscribed"] = ("The app could not be unsubscribed at Meta when the number was disconnected. Nothing is sent or received here.", "Remove the app yourself: at business.facebook.com, in the business settings under Integrations, Connected apps."),
        ["on_premise"] = ("The number is registered with WhatsApp's former API for servers of one's own.", "Ask whoever runs that server to move the number to the Cloud API, then connect again."),
        ["name_declined"] = ("Meta has declined the name that customers would see.", "Edit the name in WhatsApp Manager."),
        ["name_expired"] = ("Meta's approval of the name that customers see has expired.", "Hand the name in again in WhatsApp Manager."),
        ["name_pending"] = ("Meta is reviewing the name that customers see. Until it is approved, chats can show the telephone number instead.", "Wait for Meta's decision."),
        ["new_name_pending"] = ("Meta is reviewing the new name that was asked for; customers see the present one until then.", "Wait for Meta's decision."),
        ["new_name_declined"] = ("Meta has declined the new name that was asked for; customers go on seeing the present one.", "Ask for another one in WhatsApp Manager."),
        ["new_name_approved"] = ("Meta has approved the new name that was asked for; it counts once the number is registered again.", "The people who run this service have to register the number again within 14 days of the approval, or Meta reviews the name once more."),
        ["new_name_expired"] = ("Meta's approval of the new name has expired before the number was registered again.", "Ask for the name again in WhatsApp Manager."),
        ["name_unknown"] = ("Meta describes the name that customers see by a word that this service does not know.", "Open WhatsApp Manager to see how the name stands."),
        ["access_in_doubt"] = ("Meta says that this service no longer has access to the WhatsApp account. Sending is stopped while that is being checked; receiving goes on.", "Wait a few minutes for the check to end."),
        ["access_kept"] = ("Meta said that access was removed, but it still works: nothing was disconnected.", Nothing),
        ["other"] = ("Meta reported something about this number.", "Open WhatsApp Manager to see what it is."),
    };

    private static Dictionary<string, (string Message, string Action)> Readinesses => new()
    {
        ["can_receive"] = ("What customers write arrives here.", Nothing),
        ["can_send"] = ("Messages can be sent.", Nothing),
        ["token_ended"] = ("The access to this number has ended.", $"Press {Connect} to grant it again."),
        ["register_open"] = ("The number is not registered for messages yet.", "Register it."),
        ["being_set_up"] = ("The number is being set up right now.", "Wait a minute; you need do nothing."),
        ["in_work"] = ("Something about your WhatsApp connection does not work as it should.", "You need do nothing: the people who run this service are working on it."),
        ["not_subscribed"] = ("The number's messages do not arrive here: the subscription at Meta is missing.", $"Press {Connect} to make it again."),
        ["not_proved"] = ("It was not proved yet that the access to this number works.", $"Press {Connect} to prove it."),
        ["not_registered_at_send"] = ("Meta refused the last message because the number is not registered.", "Register the number."),
        ["name_not_ready"] = ("Meta refused the last message because the name that customers see is not approved.", "Wait for Meta's review of the name, or edit the name in WhatsApp Manager."),
        ["routed_elsewhere"] = ("Meta hands this number's conversations to another service; only copies arrive here.", "Open Meta Business Suite and choose who answers there."),
        ["not_checked"] = ("Meta has not confirmed for more than a day that this number works.", "Look at Meta's status page. If there is no problem at Meta, tell the people who run this service."),
        ["unwell_at_meta"] = ("Meta reports a problem that can keep messages from being sent.", Manager),
        ["token_ends_in_1_day"] = ("The access to this number ends within a day.", $"Press {Connect} today to renew it."),
        ["token_ends_in_7_days"] = ("The access to this number ends within a week.", $"Press {Connect} in time to renew it."),
        ["token_ends_in_14_days"] = ("The access to this number ends within two weeks.", $"Press {Connect} in time to renew it."),
        ["quality_low"] = ("Meta rates the number's quality as low: customers block or report its messages.", "Write only to people who expect it, before Meta limits the number."),
        ["business_unverified"] = ("Meta has not verified the business, so the number may write to fewer people.", "Verify the business in Meta's business settings."),
        ["other"] = ("Something keeps the number from working.", "Open WhatsApp Manager to see what it is."),
    };

    private static Dictionary<string, (string Message, string Action)> Disconnects => new()
    {
        ["requested"] = ("The number was disconnected at your request.", Again),
        ["not_chosen"] = ("The number was not chosen when somebody connected again.", $"Press {Connect} again and choose this number, too."),
        ["interrupted"] = ("Connecting the number broke off.", StartAgain),
        ["gone_at_meta"] = ("The number is no longer in your WhatsApp account at Meta.", "Add it again in WhatsApp Manager, then connect again."),
        ["not_subscribed_after_restore"] = ("This service was restored from a backup, and it is no longer subscribed to your WhatsApp account at Meta, as after a disconnect.", Again),
        ["app_uninstalled"] = ("This service was removed from your WhatsApp account at Meta.", $"Press {Connect} to add it again."),
        ["account_deleted"] = ("Your WhatsApp account was deleted at Meta.", $"Press {Connect} and choose another WhatsApp account."),
        ["deauthorized"] = ("The person who connected the number took the permission back at Facebook.", $"Press {Connect} to give it again."),
        ["partner_removed"] = ("Your WhatsApp account is no longer shared with this service: it was removed in Meta's business settings.", $"Press {Connect} to share it again."),
        ["partner_removed.SYSTEM"] = ("Meta itself ended this service's access to your WhatsApp account.", $"Open WhatsApp Manager to see why, then press {Connect} again."),
        ["partner_removed.ACCOUNT_DISCONNECTED"] = ("Somebody disconnected the number in the WhatsApp Business app.", Again),
        ["partner_removed.BUSINESS_DOWNGRADE"] = ("The phone went from the WhatsApp Business app to plain WhatsApp.", $"Install the WhatsApp Business app with this number again, then press {Connect}."),
        ["partner_removed.CHANGE_NUMBER"] = ("The WhatsApp Business app changed to another number.", $"Press {Connect} and choose the new number."),
        ["partner_removed.COMPANION_INACTIVITY"] = ("The connection was not used for about 30 days, so WhatsApp ended it.", Again),
        ["partner_removed.PRIMARY_INACTIVITY"] = ("The WhatsApp Business app was not opened for about 14 days, so WhatsApp ended the connection.", $"Open the WhatsApp Business app, then press {Connect}; open it at least every 13 days."),
        ["partner_removed.USER_RE_REGISTERED"] = ("The WhatsApp Business app was set up anew with this number.", Again),
        ["other"] = ("The number can no longer be used here.", Again),
    };

    private static Dictionary<string, (string Message, string Action)> Notices => new()
    {
        ["access"] = ("Meta said that this service no longer has access to the WhatsApp account.", "Wait a few minutes while that is being checked."),
        ["pause"] = ("Meta has paused sending because the number was moved to another phone.", "It goes on by itself, usually within minutes; what customers write still arrives."),
        ["pause.ACCOUNT_RECONNECTED"] = ("The pause at Meta is over.", "You can send again."),
        ["ban"] = ("Meta has disabled the WhatsApp account.", Manager),
        ["ban.REINSTATE"] = ("Meta has enabled the WhatsApp account again.", "You can send again."),
        ["ban.SCHEDULE_FOR_DISABLE"] = ("Meta is about to disable the WhatsApp account.", Manager),
        ["ban.SCHEDULE_FOR_DISABLE.on"] = ("Meta will disable the WhatsApp account on {0}.", Manager),
        ["violation"] = ("Meta sees a violation of its policies.", "Open WhatsApp Manager to see which one and what to do."),
        ["restriction"] = ("Meta restricts the WhatsApp account.", Manager),
        ["restriction.until"] = ("Meta restricts the WhatsApp account until {0:d MMM yyyy, HH:mm} UTC.", Manager),
        ["review"] = ("Meta is reviewing the WhatsApp account.", "Wait for Meta's decision."),
        ["review.APPROVED"] = ("Meta has approved the WhatsApp account.", Nothing),
        ["review.REJECTED"] = ("Meta has rejected the WhatsApp account.", Manager),
        ["alert"] = ("Meta gave an alert about the WhatsApp account.", "Open WhatsApp Manager to read it and to see what to do."),
        ["limit"] = ("Meta changed how many people you may write to.", "Open WhatsApp Manager to see how many."),
        ["limit.UPGRADE"] = ("Meta has raised how many people you may write to.", Nothing),
        ["limit.DOWNGRADE"] = ("Meta has lowered how many people you may write to.", "Write only to people who expect it: better quality raises the limit again."),
        ["limit.THROUGHPUT_UPGRADE"] = ("Meta lets the number send faster now.", Nothing),
        ["limit.FLAGGED"] = ("Meta has flagged the number for low quality: customers block or report its messages.", "Write only to people who expect it."),
        ["limit.UNFLAGGED"] = ("Meta no longer flags the number for low quality.", Nothing),
        ["name"] = ("Meta is reviewing the name that customers see.", "Wait for Meta's decision."),
        ["name.NAME_EMPLOYEE_ISSUE"] = ("Meta has rejected the name because it holds the name of a person, or of an employee.", "Choose one without a person in WhatsApp Manager."),
        ["name.NAME_INDIVIDUAL_ISSUE"] = ("Meta has rejected the name because it is that of a person and not of the business.", "Choose one of the business in WhatsApp Manager."),
        ["name.NAME_ENDCLIENT_NOTRELATED"] = ("Meta has rejected the name because it holds the name of another business.", "Choose one of your own business in WhatsApp Manager."),
        ["name.NAME_FORMAT_UNACCEPTABLE"] = ("Meta has rejected the name because of how it is written.", "Write it in WhatsApp Manager as Meta's guidelines for display names ask."),
        ["name.NAME_NOT_CONSISTENT"] = ("Meta has rejected the name because it does not match how your business calls itself elsewhere.", "Choose the one of your brand and your website in WhatsApp Manager."),
        ["name.APPROVED"] = ("Meta has approved the name; customers see it from now on.", Nothing),
        ["name.REJECTED"] = ("Meta has rejected the name that customers would see.", "Choose another one in WhatsApp Manager."),
        ["capability"] = ("Meta changed what your business portfolio may do.", "Open WhatsApp Manager to see its limits."),
        ["pin"] = ("The PIN of two-step verification was changed at Meta, or is about to be.", "If nobody of your company did that, set a new PIN in WhatsApp Manager."),
        ["other"] = ("Meta told something about the WhatsApp account.", "Open WhatsApp Manager to see what it is."),
    };

    private static Dictionary<string, (string Message, string Action)> Restrictions => new()
    {
        ["RESTRICTED_BIZ_INITIATED_MESSAGING"] = ("You cannot begin conversations, only answer customers who wrote to you.", "Begin conversations when the restriction has ended."),
        ["RESTRICTED_CUSTOMER_INITIATED_MESSAGING"] = ("You cannot answer customers who write to you.", "Reach them another way until the restriction has ended."),
        ["RESTRICTED_ADD_PHONE_NUMBER_ACTION"] = ("You cannot add numbers.", "Add numbers when the restriction has ended."),
        ["RESTRICTED_UTILITY_TEMPLATES"] = ("You cannot send utility templates.", "Send no utility templates until the restriction has ended."),
        ["RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES"] = ("You cannot send utility messages without a template of your own.", "Send them by an approved template until the restriction has ended."),
        ["other"] = ("You cannot do something that was allowed before.", "Open WhatsApp Manager to see what it is and what to do."),
    };
}
