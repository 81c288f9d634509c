namespace WhatsAppOnboarding.Graph;

/// <summary>Sorts Meta's error codes. Meta's statuses say little: most refusals, throttling among them, come as 400.</summary>
/// <remarks>
/// Sources: https://developers.facebook.com/docs/graph-api/guides/error-handling and
/// https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
/// </remarks>
internal static class GraphErrorKinds
{
    public static GraphErrorKind Of(MetaError error, int status, GraphCredential credential) => error switch
    {
        { Code: 4 or 17 or 32 or 341 or 613 or 80007 or 80008 or 130429 or 131056 } => GraphErrorKind.Throttled,
        { IsTransient: true } => GraphErrorKind.Unavailable,

        // A wrong client secret has no code of its own.
        { Code: 1 } when credential == GraphCredential.ClientSecret && status == 400 => GraphErrorKind.AppMisconfigured,
        { Code: 1 or 2 or 131000 or 131016 or 131057 or 133004 } => GraphErrorKind.Unavailable,

        // The app's own token is made of its id and secret.
        { Code: 0 or 102 or 190 } => credential == GraphCredential.App ? GraphErrorKind.AppMisconfigured : GraphErrorKind.TokenInvalid,
        { Code: 3 or 12 or 101 or 104 or 2635 } or { BlamesProof: true } => GraphErrorKind.AppMisconfigured,
        { Code: 10 or (>= 200 and <= 299) or 131005 } => GraphErrorKind.PermissionMissing,
        { Code: 33 or 803 } or { Code: 100, Subcode: 33 } => GraphErrorKind.NotFound,

        // Meta sends these as 500, but they do not pass.
        { Code: 131045 or 133000 } => GraphErrorKind.Rejected,
        _ when status is 429 or >= 500 => OfStatus(status),
        _ => GraphErrorKind.Rejected,
    };

    /// <summary>For answers that Meta did not write, such as a proxy's page.</summary>
    public static GraphErrorKind OfStatus(int status) => status switch
    {
        429 => GraphErrorKind.Throttled,
        >= 500 => GraphErrorKind.Unavailable,
        _ => GraphErrorKind.UnreadableAnswer,
    };

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
