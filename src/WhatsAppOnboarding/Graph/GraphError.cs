using System.Globalization;

namespace WhatsAppOnboarding.Graph;

/// <summary>Why a call to Meta has no answer.</summary>
/// <remarks>
/// Its text is safe to log and to store: Meta's own message is left out on purpose, because it may quote telephone numbers and values of the request, and
/// <see cref="Details"/> is not part of the text.
/// Source: https://developers.facebook.com/docs/graph-api/guides/error-handling
/// </remarks>
public sealed record GraphError
{
    /// <summary>Meta's code for, among other things, an id of something that has no such member or list.</summary>
    private const int WrongParameter = 100;

    /// <summary>What to make of it. Branch on this one.</summary>
    public required GraphErrorKind Kind { get; init; }

    /// <summary>The call's name, such as <c>list_phone_numbers</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The HTTP status, or null when no answer came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Meta's <c>code</c>, or null when Meta gave none.</summary>
    public int? Code { get; init; }

    /// <summary>Meta's <c>error_subcode</c>, or null when Meta gave none. 36007, 36008 and 36009 tell what is wrong with a login code.</summary>
    public int? Subcode { get; init; }

    /// <summary>Meta's <c>fbtrace_id</c>, which Meta's support asks for; null when Meta gave none.</summary>
    public string? TraceId { get; init; }

    /// <summary>How long Meta asks to wait before the next call, or null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Why no answer came or none that can be read, in the library's word: <c>dns</c>, <c>refused</c>, <c>connection</c>, <c>tls</c>, <c>proxy</c>, <c>cut_off</c>,
    /// <c>broken_off</c>, <c>too_large</c>, <c>invalid_response</c>, <c>host_not_allowed</c>; null when Meta answered or the time ran out.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>
    /// What Meta adds for developers in <c>error_data.details</c>, for example which parameter of a template is missing; null when Meta gave none, at most
    /// 1,000 characters. It may quote what was sent, so it is left out of <see cref="ToString"/>, logs and traces: show it to developers only.
    /// </summary>
    public string? Details { get; init; }

    /// <summary>
    /// The library's stable code for it, one of <see cref="ErrorCodes"/>, such as <see cref="ErrorCodes.WindowClosed"/>: what to branch on where a kind is too coarse.
    /// <see cref="WhatsAppWords.Error"/> puts it into words.
    /// </summary>
    public string StableCode => MetaErrors.StableOf(this);

    /// <summary>Whether Meta plainly refuses what the token is asked about, for good as far as can be told: not a check that a person has yet to pass, nor a limit or fault.</summary>
    internal bool IsLoss => StableCode is ErrorCodes.TokenInvalid || Kind is GraphErrorKind.PermissionMissing or GraphErrorKind.NotFound;

    /// <summary>
    /// Whether Meta plainly does not show what was asked for: it does not exist, or the token may not see it, or it is another kind of thing. A no with a reason of
    /// its own, such as two-factor authentication or a locked account, says that it is there.
    /// </summary>
    internal bool ShowsNothing => Kind is GraphErrorKind.NotFound or GraphErrorKind.PermissionMissing
        || (Kind is GraphErrorKind.Rejected && Code is WrongParameter && StableCode is ErrorCodes.MetaRefused or ErrorCodes.NoWaba);

    /// <summary>Whether Meta asks for a smaller page.</summary>
    internal bool AsksForLess { get; init; }

    /// <summary>All but <see cref="Details"/>.</summary>
    public override string ToString() =>
        $"{Kind}: {Operation}, HTTP {Number(HttpStatus)}, code {Number(Code)}, subcode {Number(Subcode)}, fbtrace_id {TraceId ?? "-"}, reason {Reason ?? "-"}";

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "-";
}

/// <summary>What to make of a failed call. Decided by Meta's error code, not by the HTTP status.</summary>
/// <remarks>
/// Sources: https://developers.facebook.com/docs/graph-api/guides/error-handling and
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
/// </remarks>
public enum GraphErrorKind
{
    /// <summary>The customer's token is expired, revoked or no token at all. Only connecting again helps.</summary>
    TokenInvalid,

    /// <summary>The token is good but lacks a permission, or lost it.</summary>
    PermissionMissing,

    /// <summary>Too many calls. Later is fine.</summary>
    Throttled,

    /// <summary>Meta has a fault or is down. Later is fine.</summary>
    Unavailable,

    /// <summary>No answer came within the configured time. Whether Meta did what was asked is not known.</summary>
    TimedOut,

    /// <summary>The network failed on the way there or back. Whether Meta did what was asked is not known.</summary>
    Unreachable,

    /// <summary>Something answered, but not as Meta does: no JSON, another shape, too large, or a redirect. Proves nothing about the question.</summary>
    UnreadableAnswer,

    /// <summary>The object does not exist, or this token may not see it. Meta does not tell which.</summary>
    NotFound,

    /// <summary>Our side is wrong: app id, app secret, the app's capabilities or a Graph API version that is no longer served.</summary>
    AppMisconfigured,

    /// <summary>Meta understood and refused, for a reason told by <see cref="GraphError.Code"/>. Asking the same again does not help.</summary>
    Rejected,
}

/// <summary>What the library itself makes of a kind.</summary>
internal static class GraphErrorKinds
{
    /// <summary>Whether a failure may pass by itself within seconds.</summary>
    public static bool MayPass(this GraphErrorKind kind) =>
        kind is GraphErrorKind.Throttled or GraphErrorKind.Unavailable or GraphErrorKind.TimedOut or GraphErrorKind.Unreachable;

    /// <summary>The kind as a value of the outcome tag.</summary>
    public static string ToOutcome(this GraphErrorKind kind) => kind switch
    {
        GraphErrorKind.TokenInvalid => "token_invalid",
        GraphErrorKind.PermissionMissing => "permission_missing",
        GraphErrorKind.Throttled => "throttled",
        GraphErrorKind.Unavailable => "unavailable",
        GraphErrorKind.TimedOut => "timed_out",
        GraphErrorKind.Unreachable => "unreachable",
        GraphErrorKind.UnreadableAnswer => "unreadable_answer",
        GraphErrorKind.NotFound => "not_found",
        GraphErrorKind.AppMisconfigured => "app_misconfigured",
        _ => "rejected",
    };
}
