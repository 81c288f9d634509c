namespace WhatsAppOnboarding.Graph;

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
