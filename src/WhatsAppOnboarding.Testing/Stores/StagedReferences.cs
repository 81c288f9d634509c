using System.Collections.Concurrent;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing;

/// <summary>
/// Keeps in memory what a store stages, for the check of a store in a host that keeps no copies of its own:
/// <c>services.AddScoped&lt;IAccountWabaReferenceSync, StagedReferences&gt;()</c>.
/// </summary>
public sealed class StagedReferences : IAccountWabaReferenceSync
{
    private static readonly ConcurrentDictionary<AccountId, WabaId?> Last = new();

    /// <inheritdoc/>
    public Task StageAsync(AccountWabaReference reference, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reference);
        Last[reference.AccountId] = reference.WabaId;
        return Task.CompletedTask;
    }

    /// <summary>What was staged last for the account; empty when nothing was.</summary>
    public Task<IReadOnlyList<WabaId?>> ReadCopiesAsync(AccountId account, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<WabaId?>>(Last.TryGetValue(account, out var waba) ? [waba] : []);
}
