using Microsoft.Extensions.DependencyInjection;

namespace WhatsAppOnboarding.Stores;

/// <summary>The attempts as the library uses them: every verb of the store runs in a scope of its own, also those that run at once.</summary>
internal sealed class AttemptRecords(IServiceScopeFactory scopes)
{
    private const int Recent = 300;

    public Task<ConnectAttempt> ClaimAsync(ConnectAttempt attempt, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.ClaimAsync(attempt, cancellationToken));

    /// <summary>Steps so far, or the end; returns what is stored now.</summary>
    public Task<ConnectAttempt> UpdateAsync(ConnectAttempt attempt, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.UpdateAsync(attempt, cancellationToken));

    /// <summary>Takes attempts that something is to be undone of, until a time by which it is done.</summary>
    public Task<IReadOnlyList<ConnectAttempt>> TakeUndoneAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.TakeUndoneAsync(now, until, max, cancellationToken));

    public Task SetUndoAsync(Guid id, DateTimeOffset? undoAt, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.SetUndoAsync(id, undoAt, cancellationToken));

    public Task<ConnectAttempt?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.FindAsync(account, id, cancellationToken));

    public Task<IReadOnlyList<ConnectAttempt>> ListAsync(AccountId account, int max, CancellationToken cancellationToken = default) =>
        ListAsync(account, null, max, cancellationToken);

    /// <summary>Of all accounts, the newest few hundred.</summary>
    public Task<IReadOnlyList<ConnectAttempt>> ListSinceAsync(DateTimeOffset claimedSince, CancellationToken cancellationToken = default) =>
        ListAsync(null, claimedSince, Recent, cancellationToken);

    public Task WipeAsync(AccountId account, Guid id, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.WipeAsync(account, id, cancellationToken));

    public Task<int> PruneAsync(DateTimeOffset waitedUntil, DateTimeOffset claimedBefore, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.PruneAsync(waitedUntil, claimedBefore, cancellationToken));

    /// <summary>And before them the links by which others could begin one.</summary>
    public async Task EraseAsync(AccountId account, CancellationToken cancellationToken = default)
    {
        await scopes.UseAsync((ISetupLinkStore store) => store.EraseAsync(account, cancellationToken)).ConfigureAwait(false);
        await scopes.UseAsync((IConnectAttemptStore store) => store.EraseAsync(account, cancellationToken)).ConfigureAwait(false);
    }

    private Task<IReadOnlyList<ConnectAttempt>> ListAsync(AccountId? account, DateTimeOffset? claimedSince, int max, CancellationToken cancellationToken) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.ListAsync(account, claimedSince, max, cancellationToken));
}
