using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Logging;
using static WhatsAppOnboarding.ErrorCodes;
using static WhatsAppOnboarding.Errors.RetryAdvice;

namespace WhatsAppOnboarding.Errors;

/// <summary>One table: each stable code with its status and whether trying again may help; its sentence and its next step are in <c>Texts</c>. The words are the library's own; <see cref="WhatsAppWords.Error"/> has the host's, where there are some.</summary>
internal static class ErrorCatalogue
{
    /// <summary>What stands in for a code that is not in the table.</summary>
    internal const string Unknown = "unknown";

    private static readonly (string Code, RetryAdvice Retry, int HttpStatus)[] Rows =
    [
        (SignedOut, StartAgain, 401),
        (AccountMissing, AfterFix, 403),
        (Forbidden, AfterFix, 403),
        (CrossSite, Never, 403),
        (BadRequest, Never, 400),
        (TooManyAttempts, Later, 429),
        (StateInvalid, StartAgain, 400),
        (StateExpired, StartAgain, 400),
        (StateUsed, StartAgain, 409),
        (StateWrongWay, StartAgain, 400),
        (OtherBrowser, StartAgain, 403),
        (OtherAccount, StartAgain, 403),
        (Cancelled, StartAgain, 400),
        (CallbackIncomplete, StartAgain, 400),
        (Interrupted, StartAgain, 503),
        (CodeExpired, StartAgain, 400),
        (CodeUsed, StartAgain, 409),
        (CodeRefused, StartAgain, 400),
        (RedirectMismatch, AfterFix, 502),
        (TokenInvalid, StartAgain, 400),
        (TokenNotOurs, StartAgain, 400),
        (TokenUnreadable, StartAgain, 409),
        (TwoFactorNeeded, StartAgain, 400),
        (FacebookCheck, StartAgain, 400),
        (PermissionMissing, StartAgain, 400),
        (NoWaba, StartAgain, 422),
        (NoPhoneNumbers, StartAgain, 422),
        (NumberTaken, StartAgain, 409),
        (NotConnected, StartAgain, 409),
        (NumberPaused, Later, 409),
        (UnprovedSinceRestore, Later, 409),
        (MetaThrottled, Later, 503),
        (MetaUnavailable, Later, 503),
        (MetaTimeout, Later, 504),
        (MetaUnreachable, Later, 503),
        (MetaUnreadable, Later, 502),
        (MetaNotFound, StartAgain, 400),
        (MetaRefused, AfterFix, 400),
        (AppMisconfigured, AfterFix, 502),
        (SaveFailed, StartAgain, 503),
        (ServiceUnavailable, Later, 503),
        (Pending, Later, 503),
        (IdsNotGranted, StartAgain, 422),
        (NumberUnexpected, StartAgain, 422),
        (ChoiceOver, StartAgain, 409),
        (AttemptUnknown, StartAgain, 404),
        (ChoiceDisconnects, StartAgain, 409),
        (GivenUp, StartAgain, 400),
        (CodeLost, StartAgain, 400),
        (PopupLeft, StartAgain, 400),
        (PopupError, StartAgain, 400),
        (PopupClosed, StartAgain, 400),
        (PopupBlocked, StartAgain, 400),
        (PopupTimeout, StartAgain, 400),
        (SdkUnavailable, StartAgain, 400),
        (NotRegistered, StartAgain, 409),
        (SubscriptionLost, StartAgain, 409),
        (RegistrationUnknown, StartAgain, 409),
        (OnBusinessApp, Never, 409),
        (CodeNeeded, StartAgain, 409),
        (CodeTooSoon, Later, 429),
        (CodeNotSent, Later, 409),
        (CodeWrong, StartAgain, 400),
        (CodeLimit, Later, 429),
        (AlreadyVerified, StartAgain, 409),
        (NameNotReady, AfterFix, 409),
        (PinNeeded, StartAgain, 409),
        (PinOrLocked, AfterFix, 409),
        (PinLocked, Later, 429),
        (PinTooFast, Later, 429),
        (PinUnknown, Never, 404),
        (RegisterLimit, Later, 429),
        (NumberJustDeleted, Later, 409),
        (DeregisterIncomplete, Later, 409),
        (NumberShared, Never, 409),
        (NumberDeleted, AfterFix, 409),
        (AccountLocked, AfterFix, 409),
        (AccountBlocked, Later, 409),
        (CountryRestricted, Never, 409),
        (SyncOver, AfterFix, 409),
        (StepNotOpen, Never, 409),
        (StepRunning, Later, 409),
        (WindowClosed, Never, 409),
        (TemplateRefused, AfterFix, 400),
        (TemplateStopped, AfterFix, 409),
        (PaymentNeeded, AfterFix, 409),
        (OptedOut, Never, 409),
        (RecipientUnreachable, Never, 409),
        (MessageHeldBack, Later, 409),
        (SendingLimit, Later, 429),
        (MessageInvalid, AfterFix, 400),
        (LinkUnknown, AfterFix, 404),
        (LinkExpired, AfterFix, 410),
        (LinkRevoked, AfterFix, 410),
        (LinkUsed, AfterFix, 410),
        (LinkInUse, AfterFix, 409),
        (CookiesNeeded, AfterFix, 400),
        (SignedRequestInvalid, Never, 400),
        (SignedRequestForged, AfterFix, 401),
        (SignedRequestUntimely, AfterFix, 400),
    ];

    /// <summary>What nobody but the operator of the service can put right.</summary>
    private static readonly FrozenSet<string> OfOperator = FrozenSet.Create(StringComparer.Ordinal, RedirectMismatch, AppMisconfigured, SaveFailed, ServiceUnavailable);

    private static readonly FrozenDictionary<string, (string Code, RetryAdvice Retry, int HttpStatus)> ByCode =
        Rows.ToFrozenDictionary(row => row.Code, StringComparer.Ordinal);

    /// <summary>How loud an end with this code is in the log: an error where the operator has something to mend, a warning where nobody knows what to do.</summary>
    public static LogLevel LevelOf(string? code) =>
        code is null ? LogLevel.Information : OfOperator.Contains(code) ? LogLevel.Error : code is MetaRefused ? LogLevel.Warning : LogLevel.Information;

    /// <summary>Every row in the language of <see cref="CultureInfo.CurrentUICulture"/>, for documentation and tests.</summary>
    public static IReadOnlyList<ErrorText> All => [.. Rows.Select(row => Find(row.Code))];

    /// <summary>
    /// The row of a code, in English, Spanish or Portuguese; in English for every other culture.
    /// A code that is not in the table gets a general text and is not repeated, for it may come from a URL.
    /// </summary>
    /// <param name="code">The stable code.</param>
    /// <param name="culture">Whose language; null for <see cref="CultureInfo.CurrentUICulture"/>.</param>
    public static ErrorText Find(string? code, CultureInfo? culture = null)
    {
        var row = code is not null && ByCode.TryGetValue(code, out var known) ? known : (Code: Unknown, Retry: StartAgain, HttpStatus: 500);
        var words = Languages.Of(culture ?? CultureInfo.CurrentUICulture).Words;
        return new ErrorText
        {
            Code = row.Code,
            Message = words[$"error.{row.Code}.message"],
            Action = words[$"error.{row.Code}.action"],
            HttpStatus = row.HttpStatus,
            Retry = row.Retry,
        };
    }
}

/// <summary>Whether, and when, doing the same again may help.</summary>
internal enum RetryAdvice
{
    /// <summary>It never helps.</summary>
    Never,

    /// <summary>At once, by whoever did it: what to do differently, if anything, is the next step of the text.</summary>
    StartAgain,

    /// <summary>The same again, after a wait.</summary>
    Later,

    /// <summary>Not before somebody has put something right elsewhere: the operator of the service, an administrator, or the customer at Meta.</summary>
    AfterFix,
}
