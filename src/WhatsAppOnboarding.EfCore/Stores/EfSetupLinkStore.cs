using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Stores;

/// <summary>Links in the host's own database. A link is changed with its version in the condition, so that of two nodes one does.</summary>
internal sealed class EfSetupLinkStore(StoreContext store) : ISetupLinkStore
{
    private const int PrunedAtOnce = 300;

    public Task AddAsync(StoredLink link, CancellationToken cancellationToken)
    {
        store.Value.Add(link.ToRow());
        return store.Value.SaveChangesAsync(cancellationToken);
    }

    public async Task<StoredLink?> FindAsync(string urlHash, CancellationToken cancellationToken) =>
        (await store.SetupLinks.SingleOrDefaultAsync(row => row.UrlHash == urlHash, cancellationToken).ConfigureAwait(false))?.ToLink();

    public async Task<StoredLink?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken)
    {
        var link = (await store.SetupLinks.SingleOrDefaultAsync(row => row.Id == id, cancellationToken).ConfigureAwait(false))?.ToLink();
        return link?.AccountId == account ? link : null;
    }

    public async Task<IReadOnlyList<StoredLink>> ListAsync(AccountId account, DateTimeOffset? usableAt, int max, CancellationToken cancellationToken)
    {
        var owner = account.ToString();
        var links = store.SetupLinks.Where(row => row.AccountId == owner);
        if (UtcTime.Cut(usableAt) is { } at)
            links = links.Where(row => row.UsedAt == null && row.RevokedAt == null && row.ExpiresAt > at);
        var rows = await links.OrderByDescending(row => row.CreatedAt).Take(max).ToListAsync(cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToLink())];
    }

    public async Task<bool> UpdateAsync(StoredLink link, CancellationToken cancellationToken)
    {
        var row = link.ToRow();
        var version = row.Version + 1;
        return await store.SetupLinks.Where(stored => stored.Id == row.Id && stored.Version == row.Version).ExecuteUpdateAsync(
            set => set
                .SetProperty(stored => stored.BrowserHash, row.BrowserHash)
                .SetProperty(stored => stored.PressedAt, row.PressedAt)
                .SetProperty(stored => stored.AttemptId, row.AttemptId)
                .SetProperty(stored => stored.UsedAt, row.UsedAt)
                .SetProperty(stored => stored.RevokedAt, row.RevokedAt)
                .SetProperty(stored => stored.RevokedBy, row.RevokedBy)
                .SetProperty(stored => stored.Version, version),
            cancellationToken).ConfigureAwait(false) == 1;
    }

    public Task<int> RevokeAllAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        var revoked = (DateTimeOffset?)UtcTime.Cut(at);
        return store.SetupLinks.Where(row => row.UsedAt == null && row.RevokedAt == null && row.CreatedAt <= revoked).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.RevokedAt, revoked).SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
    }

    public async Task<int> PruneAsync(DateTimeOffset expiredBefore, CancellationToken cancellationToken)
    {
        // Two commands: not every database deletes from a limited query.
        var before = UtcTime.Cut(expiredBefore);
        var old = await store.SetupLinks.Where(row => row.ExpiresAt < before).OrderBy(row => row.ExpiresAt).Take(PrunedAtOnce)
            .Select(row => row.Id).ToListAsync(cancellationToken).ConfigureAwait(false);
        return old.Count == 0 ? 0 : await store.SetupLinks.Where(row => old.Contains(row.Id)).ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        var owner = account.ToString();
        return store.SetupLinks.Where(row => row.AccountId == owner).ExecuteDeleteAsync(cancellationToken);
    }
}
