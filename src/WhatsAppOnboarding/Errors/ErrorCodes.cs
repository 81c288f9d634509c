namespace WhatsAppOnboarding;

/// <summary>The stable codes of failures, the same in answers, redirects, records and logs.</summary>
public static partial class ErrorCodes
{
    /// <summary>Nobody is signed in.</summary>
    public const string SignedOut = "signed_out";

    /// <summary>The signed-in person belongs to no account, or to more than one.</summary>
    public const string AccountMissing = "account_missing";

    /// <summary>The host's policy does not let this person do that.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>A request with a cookie came from another site.</summary>
    public const string CrossSite = "cross_site";

    /// <summary>The body is not what the route takes.</summary>
    public const string BadRequest = "bad_request";

    /// <summary>Too many starts or exchanges of one account.</summary>
    public const string TooManyAttempts = "too_many_attempts";

    /// <summary>The state is missing, forged or made with other keys.</summary>
    public const string StateInvalid = "state_invalid";

    /// <summary>The state is older than <see cref="WhatsAppOnboardingOptions.StateLifetime"/>.</summary>
    public const string StateExpired = "state_expired";

    /// <summary>The state was used with another code before.</summary>
    public const string StateUsed = "state_used";

    /// <summary>The state may not be finished this way.</summary>
    public const string StateWrongWay = "state_wrong_way";

    /// <summary>The browser is not the one in which the connect was started.</summary>
    public const string OtherBrowser = "other_browser";

    /// <summary>The state belongs to another account.</summary>
    public const string OtherAccount = "other_account";

    /// <summary>Meta came back without the person's consent.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>Meta came back with neither a code nor an error, or with both.</summary>
    public const string CallbackIncomplete = "callback_incomplete";

    /// <summary>The attempt broke off.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>Meta says that the code is too old.</summary>
    public const string CodeExpired = "code_expired";

    /// <summary>Meta says that the code was used before.</summary>
    public const string CodeUsed = "code_used";

    /// <summary>Meta does not take the code that it gave.</summary>
    public const string CodeRefused = "code_refused";

    /// <summary>Meta says that the redirect URI is not the dialog's.</summary>
    public const string RedirectMismatch = "redirect_mismatch";

    /// <summary>The token that Meta issued is not valid, or no longer.</summary>
    public const string TokenInvalid = "token_invalid";

    /// <summary>The token belongs to another Meta app.</summary>
    public const string TokenNotOurs = "token_not_ours";

    /// <summary>No token can be used: its keys are gone, or it has ended.</summary>
    public const string TokenUnreadable = "token_unreadable";

    /// <summary>The business portfolio demands two-factor authentication of the person who granted the access.</summary>
    public const string TwoFactorNeeded = "two_factor_needed";

    /// <summary>Facebook wants the person who granted the access to sign in there and confirm who they are.</summary>
    public const string FacebookCheck = "facebook_check";

    /// <summary>Meta misses a permission.</summary>
    public const string PermissionMissing = "permission_missing";

    /// <summary>The grant shows no WABA.</summary>
    public const string NoWaba = "no_waba";

    /// <summary>The granted WABAs have no number.</summary>
    public const string NoPhoneNumbers = "no_phone_numbers";

    /// <summary>Another account holds a granted number.</summary>
    public const string NumberTaken = "number_taken";

    /// <summary>The account does not hold that number.</summary>
    public const string NotConnected = "not_connected";

    /// <summary>Sending with the number is paused at Meta.</summary>
    public const string NumberPaused = "number_paused";

    /// <summary>Meta's call limit is reached.</summary>
    public const string MetaThrottled = "meta_throttled";

    /// <summary>Meta has a fault of its own.</summary>
    public const string MetaUnavailable = "meta_unavailable";

    /// <summary>Meta did not answer in time.</summary>
    public const string MetaTimeout = "meta_timeout";

    /// <summary>Meta cannot be reached.</summary>
    public const string MetaUnreachable = "meta_unreachable";

    /// <summary>Meta's answer makes no sense.</summary>
    public const string MetaUnreadable = "meta_unreadable";

    /// <summary>Meta does not know the thing asked for, or hides it.</summary>
    public const string MetaNotFound = "meta_not_found";

    /// <summary>Meta refuses the call for a reason that is not known here; Meta's own code is in the log and, where there is one, in the open step.</summary>
    public const string MetaRefused = "meta_refused";

    /// <summary>The app's own settings at Meta or here are wrong.</summary>
    public const string AppMisconfigured = "app_misconfigured";

    /// <summary>The numbers could not be saved.</summary>
    public const string SaveFailed = "save_failed";

    /// <summary>Something of the host broke, such as its database.</summary>
    public const string ServiceUnavailable = "service_unavailable";

    /// <summary>A step was not tried yet.</summary>
    public const string Pending = "pending";

    /// <summary>Ids that came with the code are not among what was granted.</summary>
    public const string IdsNotGranted = "ids_not_granted";

    /// <summary>The grant does not show the number that was expected.</summary>
    public const string NumberUnexpected = "number_unexpected";

    /// <summary>There is nothing to choose: the choice was made, cancelled, or took too long.</summary>
    public const string ChoiceOver = "choice_over";

    /// <summary>The account has no such attempt.</summary>
    public const string AttemptUnknown = "attempt_unknown";

    /// <summary>The choice leaves out numbers that are connected, and does not say that they are to be disconnected.</summary>
    public const string ChoiceDisconnects = "choice_disconnects";

    /// <summary>The person gave up on the host's own page: at the choice, or while Meta's popup was open.</summary>
    public const string GivenUp = "given_up";

    /// <summary>Meta's popup reported that it is done, and its code did not reach the page.</summary>
    public const string CodeLost = "code_lost";

    /// <summary>The page was left or loaded again while Meta's popup was open.</summary>
    public const string PopupLeft = "popup_left";

    /// <summary>Meta's popup reported an error.</summary>
    public const string PopupError = "popup_error";

    /// <summary>Meta's popup was closed before it was done.</summary>
    public const string PopupClosed = "popup_closed";

    /// <summary>The browser blocked Meta's popup.</summary>
    public const string PopupBlocked = "popup_blocked";

    /// <summary>Meta's popup was not finished in time.</summary>
    public const string PopupTimeout = "popup_timeout";

    /// <summary>The form is not one field with a signed request of Meta's.</summary>
    public const string SignedRequestInvalid = "signed_request_invalid";

    /// <summary>The app secret did not sign the signed request.</summary>
    public const string SignedRequestForged = "signed_request_forged";

    /// <summary>The signed request has ended, or was issued in the future.</summary>
    public const string SignedRequestUntimely = "signed_request_untimely";

    /// <summary>Meta's script for the popup could not be loaded.</summary>
    public const string SdkUnavailable = "sdk_unavailable";
}
