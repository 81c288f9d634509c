namespace WhatsAppOnboarding;

/// <summary>What came of a replay.</summary>
public sealed record ReplayResult
{
    /// <summary>Whether it is done.</summary>
    public required ReplayOutcome Outcome { get; init; }

    /// <summary>The handler that failed, by name; null when none did.</summary>
    public string? Handler { get; init; }

    /// <summary>Why it failed: the exception's type and text; null when none did.</summary>
    public string? Reason { get; init; }
}

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
