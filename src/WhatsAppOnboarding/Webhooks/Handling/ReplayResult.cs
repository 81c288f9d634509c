namespace WhatsAppOnboarding;

/// <summary>What came of a replay.</summary>
/// <param name="Outcome">Whether it is done.</param>
/// <param name="Handler">The handler that failed.</param>
/// <param name="Reason">Why it failed: the exception's type and text.</param>
public sealed record ReplayResult(ReplayOutcome Outcome, string? Handler = null, string? Reason = null);

/// <summary>How a replay ended.</summary>
public enum ReplayOutcome
{
    /// <summary>Every handler has finished; the item is parked no longer.</summary>
    Done,

    /// <summary>A handler failed again; the item stays parked.</summary>
    Failed,

    /// <summary>No such item is parked.</summary>
    NotParked,
}
