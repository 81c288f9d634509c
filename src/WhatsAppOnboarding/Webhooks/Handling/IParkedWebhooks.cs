using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding;

/// <summary>For the host's operators: what failed too often and was put aside, to be looked at, tried again, or given up.</summary>
public interface IParkedWebhooks
{
    /// <summary>What is parked, oldest first: of one account, or of all.</summary>
    Task<IReadOnlyList<LedgerRecord>> ListAsync(AccountId? account = null, int max = 100, CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs the handlers that have not finished the item, as if Meta had brought it now. Only when all have finished is it parked no longer; else it stays
    /// parked with the new reason.
    /// </summary>
    Task<ReplayResult> ReplayAsync(AccountId account, string itemKey, CancellationToken cancellationToken = default);

    /// <summary>Gives the item up: it counts as finished, also if Meta brings it again. False when it was not parked.</summary>
    Task<bool> DiscardAsync(AccountId account, string itemKey, CancellationToken cancellationToken = default);
}

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
