using Microsoft.Extensions.DependencyInjection;

namespace WhatsAppOnboarding.Stores;

/// <summary>The links as the library uses them: every verb of the store runs in a scope of its own, and every change is tried on the newest state.</summary>
internal sealed class LinkRecords(IServiceScopeFactory scopes)
{
    /// <summary>More than there can be browsers and requests that really meet at one link.</summary>
    private const int MaxTries = 50;

    public Task AddAsync(StoredLink link, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((ISetupLinkStore store) => store.AddAsync(link, cancellationToken));

    public Task<StoredLink?> FindAsync(string secret, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((ISetupLinkStore store) => store.FindAsync(StoredLink.HashOf(secret), cancellationToken));

    public Task<StoredLink?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((ISetupLinkStore store) => store.FindAsync(account, id, cancellationToken));

    public Task<IReadOnlyList<StoredLink>> ListAsync(AccountId account, DateTimeOffset? usableAt, int max, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((ISetupLinkStore store) => store.ListAsync(account, usableAt, max, cancellationToken));

    public Task<int> RevokeAllAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        scopes.UseAsync((ISetupLinkStore store) => store.RevokeAllAsync(at, cancellationToken));

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((ISetupLinkStore store) => store.EraseAsync(account, cancellationToken));

    /// <summary>Changes a link from its newest state, again whenever somebody else came first.</summary>
    /// <param name="account">Whose it is.</param>
    /// <param name="id">The link.</param>
    /// <param name="change">What becomes of it; null when nothing may.</param>
    /// <returns>The link as it is now, null when there is none, and whether it was changed.</returns>
    public async Task<(StoredLink? Link, bool Changed)> ChangeAsync(AccountId account, Guid id, Func<StoredLink, StoredLink?> change)
    {
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (await FindAsync(account, id, CancellationToken.None).ConfigureAwait(false) is not { } stored)
                return (null, false);
            if (change(stored) is not { } next)
                return (stored, false);
            if (await scopes.UseAsync((ISetupLinkStore store) => store.UpdateAsync(next, CancellationToken.None)).ConfigureAwait(false))
                return (next with { Version = stored.Version + 1 }, true);
        }

        throw new InvalidOperationException($"Link {id} is written by so many others that no write comes through.");
    }
}
