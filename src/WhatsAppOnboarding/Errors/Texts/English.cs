using System.Collections.Frozen;
using static WhatsAppOnboarding.Errors.ErrorCodes;

namespace WhatsAppOnboarding.Errors.Texts;

/// <summary>English.</summary>
internal static class English
{
    private const string Connect = "Connect WhatsApp";
    private const string StartAgain = $"Press {Connect} to start again.";
    private const string TryLater = $"Wait a few minutes, then press {Connect} again.";
    private const string TellOperator = "Tell the people who run this service; they need to check their Meta app.";

    public static Language Texts { get; } = new()
    {
        Name = "en",
        Errors = new Dictionary<string, (string, string)>
        {
            [SignedOut] = ("You are signed out.", "Sign in, then connect again."),
            [AccountMissing] = ("Your sign-in does not belong to exactly one account.", "Sign out and in again. If that does not help, ask your administrator."),
            [Forbidden] = ("You may not do this for your account.", "Ask an administrator of your account to do it."),
            [CrossSite] = ("The request came from another site.", "Open this service's own page and try there."),
            [BadRequest] = ("The request was not understood.", "Send JSON as described for this route."),
            [TooManyAttempts] = ("There were too many attempts to connect.", "Wait ten minutes, then try again."),
            [StateInvalid] = ("This connection attempt is not known here.", StartAgain),
            [StateExpired] = ("Connecting took more than ten minutes.", StartAgain),
            [StateUsed] = ("This connection attempt was already used.", StartAgain),
            [StateWrongWay] = ("This connection attempt cannot be finished this way.", StartAgain),
            [OtherBrowser] = ("The connection was started in another browser.", $"Start and finish in the same browser: press {Connect} to start again."),
            [OtherAccount] = ("This connection attempt belongs to another account.", StartAgain),
            [Cancelled] = ("Meta did not give access: the request was cancelled or not allowed.", $"Press {Connect} again and choose Continue at Meta. You need to be an admin of the business portfolio."),
            [CallbackIncomplete] = ("Meta came back without an answer.", StartAgain),
            [Interrupted] = ("Connecting was interrupted.", StartAgain),
            [CodeExpired] = ("Meta's answer was too old.", StartAgain),
            [CodeUsed] = ("Meta's answer was already used.", StartAgain),
            [RedirectMismatch] = ("Meta does not accept the address it sent you back to.", TellOperator),
            [TokenInvalid] = ("Meta says that the access it gave is not valid.", $"Press {Connect} and grant access again."),
            [TokenNotOurs] = ("The access belongs to another app.", StartAgain),
            [TokenUnreadable] = ("The stored access can no longer be used.", $"Press {Connect} and grant access again."),
            [PermissionMissing] = ("Meta says that a permission is missing.", $"Press {Connect} again and leave every permission and your WhatsApp account ticked."),
            [NoWaba] = ("No WhatsApp Business Account was shared.", $"Press {Connect} again and tick the WhatsApp account that you want to use; if you have none, create one at business.facebook.com first."),
            [NoPhoneNumbers] = ("The WhatsApp Business Account has no phone number.", "Add a phone number in WhatsApp Manager at business.facebook.com, then connect again."),
            [NumberTaken] = ("A phone number that you granted is already connected by another account.", "Disconnect it there first, or choose another number at Meta."),
            [NotConnected] = ("This number is not connected.", $"Press {Connect} to connect it."),
            [NumberPaused] = ("Meta has paused sending with this number.", "Wait until Meta resumes it; this usually takes minutes."),
            [MetaThrottled] = ("Meta is limiting how often it may be asked.", TryLater),
            [MetaUnavailable] = ("Meta has a temporary problem.", TryLater),
            [MetaTimeout] = ("Meta did not answer in time.", TryLater),
            [MetaUnreachable] = ("Meta could not be reached.", TryLater),
            [MetaUnreadable] = ("Meta gave an answer that makes no sense.", TryLater),
            [MetaNotFound] = ("Meta does not show something that was granted.", $"Press {Connect} again and tick only WhatsApp accounts that you can open in WhatsApp Manager."),
            [MetaRefused] = ("Meta refused the request.", $"Press {Connect} to start again. If it happens again, contact support and tell them the time."),
            [AppMisconfigured] = ("This service's connection to Meta is not set up correctly.", TellOperator),
            [SaveFailed] = ("The connection could not be saved.", StartAgain),
            [ServiceUnavailable] = ("This service has a problem right now.", "Wait a moment, then try again."),
            [Pending] = ("This is still to be done.", "Nothing to do now."),
            [IdsNotGranted] = ("What was sent does not match what you granted at Meta.", StartAgain),
            [NumberUnexpected] = ("You granted another phone number than the expected one.", $"Press {Connect} again and choose the expected number at Meta."),
            [ChoiceOver] = ("This choice was already made or took too long.", StartAgain),
            [AttemptUnknown] = ("Your account has no such connection attempt.", StartAgain),
            [PopupError] = ("Meta's window reported a problem.", $"Press {Connect} to start again. If it happens again, contact support and tell them the time."),
            [PopupClosed] = ("Meta's window was closed before it was done.", $"Press {Connect} again and stay until Meta says that you are done."),
            [PopupBlocked] = ("Your browser blocked Meta's window.", "Allow pop-ups for this page, or continue in this window."),
            [PopupTimeout] = ("Connecting took too long.", StartAgain),
            [SdkUnavailable] = ("Meta's window could not be loaded.", "Switch off ad blockers for this page, or continue in this window."),
            [NotRegistered] = ("This number is not registered for messages yet.", "Register it to send and receive."),
            [RegistrationUnknown] = ("Meta did not say whether this number can be registered.", "If it does not send, register it by hand."),
            [OnBusinessApp] = ("This number is in use in the WhatsApp Business app.", "Nothing to do: it works without being registered."),
            [CodeNeeded] = ("This number must be verified first.", "Ask for a code by SMS or call, then enter it."),
            [CodeWrong] = ("The code is not right.", "Check the code, or ask for a new one."),
            [CodeLimit] = ("Too many codes were asked for or tried.", "Wait twelve hours, then ask for a new code."),
            [AlreadyVerified] = ("This number is verified already.", "Register it."),
            [PinNeeded] = ("This number has a PIN for two-step verification already.", "Enter the PIN that you set, or switch two-step verification off in WhatsApp Manager."),
            [PinLocked] = ("There were too many wrong PINs.", "Wait as long as WhatsApp Manager says, then enter the right PIN."),
            [PinTooFast] = ("The PIN was entered too soon after the last one.", "Wait a few minutes, then try again."),
            [PinUnknown] = ("No PIN for this number is kept here.", "Look for the PIN that you set yourself, or set a new one in WhatsApp Manager."),
            [RegisterLimit] = ("This number was registered too often.", "Wait until Meta allows it again; this takes up to 72 hours."),
            [NumberJustDeleted] = ("This number was removed from WhatsApp only minutes ago.", "Wait five minutes, then register it."),
            [DeregisterIncomplete] = ("An earlier removal of this number was not completed.", "Wait a few minutes, then register it again."),
            [NumberDeleted] = ("This number was deleted at Meta.", "Add it again in WhatsApp Manager, then connect again."),
            [AccountLocked] = ("Meta has locked this WhatsApp account.", "Open WhatsApp Manager to see why and what to do."),
            [AccountBlocked] = ("Meta has blocked this for a while.", "Open WhatsApp Manager to see why, then try again later."),
            [CountryRestricted] = ("Meta does not allow this in the number's country.", "Choose a number from another country."),
            [SyncOver] = ("Contacts and messages can be copied only once, within a day of connecting.", "To copy them, disconnect in the WhatsApp Business app and connect again."),
            [OverrideDiffers] = ("Meta still shows another address for messages than the one that was set.", "Repeat this step in a few minutes."),
            [StepNotOpen] = ("There is nothing to do here for this number.", "Reload the page to see how the number stands."),
            [StepRunning] = ("This is being done for this number right now.", "Wait a minute, then look again."),
            [ErrorCatalogue.Unknown] = ("Something went wrong while connecting.", StartAgain),
        }.ToFrozenDictionary(),
        Steps = new Dictionary<string, (string, string)>
        {
            ["subscribe"] = ("Meta does not deliver messages yet. {0}", $"Press {Connect} again to repeat this step."),
            ["override"] = ("Messages do not come by their own way yet. {0}", "Repeat this step; the number is connected without it. If it stays open, tell the people who run this service."),
            ["unsubscribe"] = ("Meta was not told yet. {0}", "Disconnect again later to repeat this step; nothing is sent or received meanwhile."),
            ["register"] = ("The number cannot send or receive yet. {0}", "Register it."),
            ["sync_contacts"] = ("The contacts of the WhatsApp Business app are not copied yet. {0}", "Repeat this step within a day of connecting; everything else works without it."),
            ["sync_history"] = ("The messages of the WhatsApp Business app are not copied yet. {0}", "Repeat this step within a day of connecting; everything else works without it."),
        }.ToFrozenDictionary(),
        Findings = new Dictionary<string, string>
        {
            ["scope_missing"] = "Meta does not list a permission that this service asks for. If something does not work, connect again and leave every permission ticked.",
            ["token_short_lived"] = "The access ends within a day. Connect again to get one that lasts.",
            ["check"] = "Your last connect did not include this number's WhatsApp account. If it stops working, connect again and tick that account.",
            ["reconnect_needed"] = $"The stored access can no longer be used. Press {Connect} to grant it again.",
            ["number_shared"] = "Another account of this service has connected the same number, too.",
            ["shared_proof_stale"] = "Because the number is shared, incoming messages pause until you connect again.",
            ["not_registered"] = "Meta says that the number is not registered for the API yet.",
            [Language.Other] = "Meta reported something about this number.",
        }.ToFrozenDictionary(),
        Notes = new Dictionary<string, string>
        {
            [NoteKeys.Connected] = "WhatsApp is connected.",
            [NoteKeys.Incomplete] = "Your numbers are saved, but a step at Meta is still open.",
            [NoteKeys.Choose] = "Choose the numbers that you want to connect.",
            [NoteKeys.Disconnected] = "WhatsApp is disconnected.",
            [NoteKeys.DisconnectedHere] = "WhatsApp is disconnected here; Meta could not be told yet.",
            [NoteKeys.Button] = Connect,
            [NoteKeys.GoOn] = "Go on",
        }.ToFrozenDictionary(),
    };
}
