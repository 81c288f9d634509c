namespace WhatsAppOnboarding;

/// <summary>What Meta said of a number or its WABA by itself: the newest of its kind.</summary>
/// <param name="Kind">What it is about: one of <see cref="NoticeKinds"/>.</param>
/// <param name="Event">Meta's word for what happened, such as <c>ACCOUNT_OFFBOARDED</c>.</param>
/// <param name="At">When it happened, as Meta says; when it arrived, if Meta does not.</param>
/// <param name="Holds">Whether sending stops because of it.</param>
/// <param name="Reason">Meta's reason, if it gave one.</param>
/// <param name="Initiator">Who caused it, if Meta said: <c>USER</c> or <c>SYSTEM</c>.</param>
/// <param name="Detail">What else Meta said, in short, such as a limit or an end date.</param>
public sealed record MetaNotice(
    string Kind, string Event, DateTimeOffset At, bool Holds = false, string? Reason = null, string? Initiator = null, string? Detail = null)
{
    /// <summary>The <see cref="Detail"/> of a notice of kind <see cref="NoticeKinds.Access"/> that turned out not to be so.</summary>
    public const string Undone = "undone";
}

/// <summary>What a <see cref="MetaNotice"/> may be about.</summary>
public static class NoticeKinds
{
    /// <summary>Whether the app may still reach the WABA.</summary>
    public const string Access = "access";

    /// <summary>Whether the number is off Cloud API for a while (coexistence).</summary>
    public const string Pause = "pause";

    /// <summary>Whether Meta disabled the WABA, or is about to.</summary>
    public const string Ban = "ban";

    /// <summary>A violation of Meta's policies.</summary>
    public const string Violation = "violation";

    /// <summary>What the WABA may not do for a while.</summary>
    public const string Restriction = "restriction";

    /// <summary>Meta's review of the WABA.</summary>
    public const string Review = "review";

    /// <summary>An alert.</summary>
    public const string Alert = "alert";

    /// <summary>How many people the number may write to, and how fast.</summary>
    public const string Limit = "limit";

    /// <summary>The name that customers see.</summary>
    public const string Name = "name";

    /// <summary>What the portfolio may do.</summary>
    public const string Capability = "capability";

    /// <summary>The PIN of the number's two-step verification.</summary>
    public const string Pin = "pin";

    /// <summary>Anything else.</summary>
    public const string Other = "other";
}
