namespace WhatsAppOnboarding;

/// <summary>What came of handling a parked item again.</summary>
public sealed record ReplayResult
{
    /// <summary>The handler that failed again, by name, so that the item stays parked; null when every handler has finished.</summary>
    public string? Handler { get; init; }

    /// <summary>Why it failed: the exception's type and text; null when none did.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether every handler has finished, so that the item is parked no longer.</summary>
    public bool Succeeded => Handler is null;
}
