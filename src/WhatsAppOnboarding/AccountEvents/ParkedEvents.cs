using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.AccountEvents;

/// <summary>What became of account events, out of their store; one that is parked is handed out again, or given up.</summary>
internal sealed class ParkedEvents(IServiceScopeFactory scopes, AccountEventDelivery delivery, TimeProvider time)
{
    public Task<IReadOnlyList<StoredEvent>> ListAsync(AccountId? account, DateTimeOffset? since, bool parked, int max, CancellationToken cancellationToken) =>
        scopes.UseAsync((IAccountEventStore store) => store.ListAsync(account, since, parked, max, cancellationToken));

    /// <summary>It keeps its failures, so that one more parks it again.</summary>
    public async Task<StoredEvent?> ReplayAsync(AccountId account, Guid eventId, CancellationToken cancellationToken)
    {
        if (await FindAsync(account, eventId, parked: true, cancellationToken).ConfigureAwait(false) is not { } parked
            || !await UpdateAsync(parked with { ParkedAt = null, NextAt = time.GetUtcNow() }).ConfigureAwait(false))
            return null;
        await delivery.DeliverAsync(account).ConfigureAwait(false);
        return await FindAsync(account, eventId, parked: false, CancellationToken.None).ConfigureAwait(false);
    }

    public async Task<bool> DiscardAsync(AccountId account, Guid eventId, CancellationToken cancellationToken) =>
        await FindAsync(account, eventId, parked: true, cancellationToken).ConfigureAwait(false) is { } parked && await UpdateAsync(parked with { ParkedAt = null }).ConfigureAwait(false);

    private async Task<StoredEvent?> FindAsync(AccountId account, Guid eventId, bool parked, CancellationToken cancellationToken) =>
        (await ListAsync(account, null, parked, int.MaxValue, cancellationToken).ConfigureAwait(false)).FirstOrDefault(stored => stored.Event.Id == eventId);

    private Task<bool> UpdateAsync(StoredEvent stored) => scopes.UseAsync((IAccountEventStore store) => store.UpdateAsync(stored, null, CancellationToken.None));
}
