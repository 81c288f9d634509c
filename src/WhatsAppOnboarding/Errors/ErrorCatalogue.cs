using System.Collections.Frozen;
using static WhatsAppOnboarding.Errors.ErrorCodes;

namespace WhatsAppOnboarding.Errors;

/// <summary>One table: each stable code with its sentence, its next step and whether trying again may help.</summary>
public static class ErrorCatalogue
{
    private const string StartAgain = "Press Connect WhatsApp to start again.";
    private const string TryLater = "Wait a few minutes, then press Connect WhatsApp again.";
    private const string TellOperator = "Tell the people who run this service; they need to check their Meta app.";

    private static readonly ErrorText[] Rows =
    [
        new(SignedOut, "You are signed out.", "Sign in, then connect again.", true, 401),
        new(AccountMissing, "Your sign-in does not belong to exactly one account.", "Sign out and in again. If that does not help, ask your administrator.", false, 403),
        new(Forbidden, "You may not do this for your account.", "Ask an administrator of your account to do it.", false, 403),
        new(CrossSite, "The request came from another site.", "Open this service's own page and try there.", false, 403),
        new(BadRequest, "The request was not understood.", "Send JSON as described for this route.", false, 400),
        new(TooManyAttempts, "There were too many attempts to connect.", "Wait ten minutes, then try again.", true, 429),
        new(StateInvalid, "This connection attempt is not known here.", StartAgain, true, 400),
        new(StateExpired, "Connecting took more than ten minutes.", StartAgain, true, 400),
        new(StateUsed, "This connection attempt was already used.", StartAgain, true, 409),
        new(StateWrongWay, "This connection attempt cannot be finished this way.", StartAgain, true, 400),
        new(OtherBrowser, "The connection was started in another browser.", "Start and finish in the same browser: press Connect WhatsApp to start again.", true, 403),
        new(OtherAccount, "This connection attempt belongs to another account.", StartAgain, true, 403),
        new(Cancelled, "Meta did not give access: the request was cancelled or not allowed.", "Press Connect WhatsApp again and choose Continue at Meta. You need to be an admin of the business portfolio.", true, 400),
        new(CallbackIncomplete, "Meta came back without an answer.", StartAgain, true, 400),
        new(Interrupted, "Connecting was interrupted.", StartAgain, true, 503),
        new(CodeExpired, "Meta's answer was too old.", StartAgain, true, 400),
        new(CodeUsed, "Meta's answer was already used.", StartAgain, true, 409),
        new(RedirectMismatch, "Meta does not accept the address it sent you back to.", TellOperator, false, 502),
        new(TokenInvalid, "Meta says that the access it gave is not valid.", "Press Connect WhatsApp and grant access again.", true, 400),
        new(TokenNotOurs, "The access belongs to another app.", StartAgain, true, 400),
        new(TokenUnreadable, "The stored access can no longer be used.", "Press Connect WhatsApp and grant access again.", true, 409),
        new(PermissionMissing, "Meta says that a permission is missing.", "Press Connect WhatsApp again and leave every permission and your WhatsApp account ticked.", true, 400),
        new(NoWaba, "No WhatsApp Business Account was shared.", "Press Connect WhatsApp again and tick the WhatsApp account that you want to use; if you have none, create one at business.facebook.com first.", true, 422),
        new(NoPhoneNumbers, "The WhatsApp Business Account has no phone number.", "Add a phone number in WhatsApp Manager at business.facebook.com, then connect again.", true, 422),
        new(NumberTaken, "A phone number that you granted is already connected by another account.", "Disconnect it there first, or choose another number at Meta.", true, 409),
        new(NotConnected, "This number is not connected.", "Press Connect WhatsApp to connect it.", true, 409),
        new(NumberPaused, "Meta has paused sending with this number.", "Wait until Meta resumes it; this usually takes minutes.", true, 409),
        new(MetaThrottled, "Meta is limiting how often it may be asked.", TryLater, true, 503),
        new(MetaUnavailable, "Meta has a temporary problem.", TryLater, true, 503),
        new(MetaTimeout, "Meta did not answer in time.", TryLater, true, 504),
        new(MetaUnreachable, "Meta could not be reached.", TryLater, true, 503),
        new(MetaUnreadable, "Meta gave an answer that makes no sense.", TryLater, true, 502),
        new(MetaNotFound, "Meta does not show something that was granted.", "Press Connect WhatsApp again and tick only WhatsApp accounts that you can open in WhatsApp Manager.", true, 400),
        new(MetaRefused, "Meta refused the request.", "Press Connect WhatsApp to start again. If it happens again, contact support and tell them the time.", true, 400),
        new(AppMisconfigured, "This service's connection to Meta is not set up correctly.", TellOperator, false, 502),
        new(SaveFailed, "The connection could not be saved.", StartAgain, true, 503),
        new(ServiceUnavailable, "This service has a problem right now.", "Wait a moment, then try again.", true, 503),
        new(Pending, "This is still to be done.", "Nothing to do now.", true, 503),
        new(IdsNotGranted, "What was sent does not match what you granted at Meta.", StartAgain, true, 422),
        new(NumberUnexpected, "You granted another phone number than the expected one.", "Press Connect WhatsApp again and choose the expected number at Meta.", true, 422),
        new(ChoiceOver, "This choice was already made or took too long.", StartAgain, true, 409),
        new(AttemptUnknown, "Your account has no such connection attempt.", StartAgain, true, 404),
        new(PopupError, "Meta's window reported a problem.", "Press Connect WhatsApp to start again. If it happens again, contact support and tell them the time.", true, 400),
        new(PopupClosed, "Meta's window was closed before it was done.", "Press Connect WhatsApp again and stay until Meta says that you are done.", true, 400),
        new(PopupBlocked, "Your browser blocked Meta's window.", "Allow pop-ups for this page, or continue in this window.", true, 400),
        new(PopupTimeout, "Connecting took too long.", StartAgain, true, 400),
        new(SdkUnavailable, "Meta's window could not be loaded.", "Switch off ad blockers for this page, or continue in this window.", true, 400),
        new(NotRegistered, "This number is not registered for messages yet.", "Register it to send and receive.", true, 409),
        new(RegistrationUnknown, "Meta did not say whether this number can be registered.", "If it does not send, register it by hand.", true, 409),
        new(OnBusinessApp, "This number is in use in the WhatsApp Business app.", "Nothing to do: it works without being registered.", false, 409),
        new(CodeNeeded, "This number must be verified first.", "Ask for a code by SMS or call, then enter it.", true, 409),
        new(CodeWrong, "The code is not right.", "Check the code, or ask for a new one.", true, 400),
        new(CodeLimit, "Too many codes were asked for or tried.", "Wait twelve hours, then ask for a new code.", true, 429),
        new(AlreadyVerified, "This number is verified already.", "Register it.", true, 409),
        new(PinNeeded, "This number has a PIN for two-step verification already.", "Enter the PIN that you set, or switch two-step verification off in WhatsApp Manager.", true, 409),
        new(PinLocked, "There were too many wrong PINs.", "Wait as long as WhatsApp Manager says, then enter the right PIN.", true, 429),
        new(PinTooFast, "The PIN was entered too soon after the last one.", "Wait a few minutes, then try again.", true, 429),
        new(PinUnknown, "No PIN for this number is kept here.", "Look for the PIN that you set yourself, or set a new one in WhatsApp Manager.", false, 404),
        new(RegisterLimit, "This number was registered too often.", "Wait until Meta allows it again; this takes up to 72 hours.", true, 429),
        new(NumberJustDeleted, "This number was removed from WhatsApp only minutes ago.", "Wait five minutes, then register it.", true, 409),
        new(DeregisterIncomplete, "An earlier removal of this number was not completed.", "Wait a few minutes, then register it again.", true, 409),
        new(NumberDeleted, "This number was deleted at Meta.", "Add it again in WhatsApp Manager, then connect again.", false, 409),
        new(AccountLocked, "Meta has locked this WhatsApp account.", "Open WhatsApp Manager to see why and what to do.", false, 409),
        new(AccountBlocked, "Meta has blocked this for a while.", "Open WhatsApp Manager to see why, then try again later.", true, 409),
        new(CountryRestricted, "Meta does not allow this in the number's country.", "Choose a number from another country.", false, 409),
        new(SyncOver, "Contacts and messages can be copied only once, within a day of connecting.", "To copy them, disconnect in the WhatsApp Business app and connect again.", false, 409),
        new(StepRunning, "This is being done for this number right now.", "Wait a minute, then look again.", true, 409),
        new(StepNotOpen, "There is nothing to do here for this number.", "Reload the page to see how the number stands.", false, 409),
    ];

    private static readonly FrozenDictionary<string, ErrorText> ByCode = Rows.ToFrozenDictionary(row => row.Code, StringComparer.Ordinal);

    /// <summary>Every row, for documentation and tests.</summary>
    public static IReadOnlyList<ErrorText> All => Rows;

    /// <summary>The row of a code. A code that is not in the table gets a general text and is not repeated, for it may come from a URL.</summary>
    public static ErrorText Find(string? code) => code is not null && ByCode.TryGetValue(code, out var row)
        ? row
        : new ErrorText("unknown", "Something went wrong while connecting.", StartAgain, true, 500);
}
