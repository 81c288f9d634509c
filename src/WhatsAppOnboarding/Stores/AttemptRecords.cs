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

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.EraseAsync(account, cancellationToken));

    /// <summary>The attempts with these ids, of whatever accounts.</summary>
    public Task<IReadOnlyList<ConnectAttempt>> FindAllAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.FindAllAsync(ids, cancellationToken));

    public Task StartAsync(StartedAttempt start) => scopes.UseAsync((IConnectAttemptStore store) => store.StartAsync(start));

    public Task NoteSignAsync(AccountId account, Guid id, DateTimeOffset at, DateTimeOffset silentAt, bool isOpen, CancellationToken cancellationToken) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.NoteSignAsync(account, id, at, silentAt, isOpen, cancellationToken));

    /// <summary>Whether that end was news.</summary>
    public Task<bool> EndStartAsync(AccountId account, Guid id, string outcome, DateTimeOffset? silentAt = null) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.EndStartAsync(account, id, outcome, silentAt));

    public Task RenewStartAsync(AccountId account, Guid id, Guid renewed) => scopes.UseAsync((IConnectAttemptStore store) => store.RenewStartAsync(account, id, renewed));

    /// <summary>Takes starts that nothing was heard of any more, until a time by which it is told.</summary>
    public Task<IReadOnlyList<StartedAttempt>> TakeSilentAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.TakeSilentAsync(now, until, max, cancellationToken));

    public Task<IReadOnlyList<StartedAttempt>> ListStartsAsync(AccountId? account, DateTimeOffset since, int skip, int max, CancellationToken cancellationToken) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.ListStartsAsync(account, since, skip, max, cancellationToken));

    private Task<IReadOnlyList<ConnectAttempt>> ListAsync(AccountId? account, DateTimeOffset? claimedSince, int max, CancellationToken cancellationToken) =>
        scopes.UseAsync((IConnectAttemptStore store) => store.ListAsync(account, claimedSince, max, cancellationToken));
}
