namespace WhatsAppOnboarding.Graph;

/// <summary>Meta's errors as stable codes: by the table, else by their kind.</summary>
internal static class StepCodes
{
    public static string Of(GraphError error) => RowOf(error)?.Stable ?? OfKind(error.Kind);

    /// <summary>The row of the table; null when it has none. What Meta itself calls a passing fault is believed before the table.</summary>
    public static MetaErrorRow? RowOf(GraphError error)
    {
        if (error.Code is not { } code)
            return null;
        var row = error is { Kind: GraphErrorKind.AppMisconfigured, Code: 100 } ? MetaErrors.BadProof : MetaErrors.Find(error.Operation, code, error.Subcode);
        return error.Kind.MayPass() && row?.Retry is not RetryAdvice.Later ? null : row;
    }

    private static string OfKind(GraphErrorKind kind) => kind switch
    {
        GraphErrorKind.TokenInvalid => ErrorCodes.TokenInvalid,
        GraphErrorKind.PermissionMissing => ErrorCodes.PermissionMissing,
        GraphErrorKind.Throttled => ErrorCodes.MetaThrottled,
        GraphErrorKind.Unavailable => ErrorCodes.MetaUnavailable,
        GraphErrorKind.TimedOut => ErrorCodes.MetaTimeout,
        GraphErrorKind.Unreachable => ErrorCodes.MetaUnreachable,
        GraphErrorKind.UnreadableAnswer => ErrorCodes.MetaUnreadable,
        GraphErrorKind.NotFound => ErrorCodes.MetaNotFound,
        GraphErrorKind.AppMisconfigured => ErrorCodes.AppMisconfigured,
        _ => ErrorCodes.MetaRefused,
    };
}
