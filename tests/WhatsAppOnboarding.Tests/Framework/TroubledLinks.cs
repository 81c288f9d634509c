using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>Dies at the moment at which a use is to be noted, and lets others come in between.</summary>
internal sealed class TroubledLinks(ISetupLinkStore inner) : ISetupLinkStore
{
    public bool FailsToSpend { get; set; }

    /// <summary>Happens once, after the next read of a link by its id.</summary>
    public Func<Task>? AfterRead { get; set; }

    public Task AddAsync(StoredLink link, CancellationToken cancellationToken) => inner.AddAsync(link, cancellationToken);

    public Task<StoredLink?> FindAsync(string urlHash, CancellationToken cancellationToken) => inner.FindAsync(urlHash, cancellationToken);

    public async Task<StoredLink?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken)
    {
        var (found, then) = (await inner.FindAsync(account, id, cancellationToken), AfterRead);
        AfterRead = null;
        await (then?.Invoke() ?? Task.CompletedTask);
        return found;
    }

    public Task<IReadOnlyList<StoredLink>> ListAsync(AccountId account, DateTimeOffset? usableAt, int max, CancellationToken cancellationToken) => inner.ListAsync(account, usableAt, max, cancellationToken);

    public Task<int> RevokeAllAsync(DateTimeOffset at, CancellationToken cancellationToken) => inner.RevokeAllAsync(at, cancellationToken);

    public Task<bool> UpdateAsync(StoredLink link, CancellationToken cancellationToken) =>
        FailsToSpend && link.Link.UsedAt is not null ? throw new IOException("The store is gone.") : inner.UpdateAsync(link, cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset expiredBefore, CancellationToken cancellationToken) => inner.PruneAsync(expiredBefore, cancellationToken);

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken) => inner.EraseAsync(account, cancellationToken);
}
