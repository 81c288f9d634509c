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
