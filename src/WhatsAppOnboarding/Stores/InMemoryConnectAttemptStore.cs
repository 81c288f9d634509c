using System.Collections.Concurrent;

namespace WhatsAppOnboarding.Stores;

/// <summary>Keeps attempts in this process: for tests and first steps, and never for two nodes.</summary>
internal sealed class InMemoryConnectAttemptStore : IConnectAttemptStore
{
    private readonly ConcurrentDictionary<string, ConnectAttempt> _byState = new(StringComparer.Ordinal);

    public Task<ConnectAttempt> ClaimAsync(ConnectAttempt attempt, CancellationToken cancellationToken) =>
        Task.FromResult(_byState.GetOrAdd(attempt.StateHash, attempt));

    public Task<ConnectAttempt> UpdateAsync(ConnectAttempt attempt, CancellationToken cancellationToken) => Task.FromResult(
        Change(attempt.StateHash, stored => stored.Outcome is not null ? stored : attempt.Outcome is null ? stored with { Steps = attempt.Steps, UndoToken = attempt.UndoToken, UndoAt = attempt.UndoAt } : attempt) ?? attempt);

    public Task<IReadOnlyList<ConnectAttempt>> TakeUndoneAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken)
    {
        var taken = new List<ConnectAttempt>();
        foreach (var due in _byState.Values.Where(attempt => attempt.UndoAt <= now).OrderBy(attempt => attempt.UndoAt).Take(max))
        {
            var next = due with { UndoAt = until };
            if (_byState.TryUpdate(due.StateHash, next, due))
                taken.Add(next);
        }

        return Task.FromResult<IReadOnlyList<ConnectAttempt>>(taken);
    }

    public Task SetUndoAsync(Guid id, DateTimeOffset? undoAt, CancellationToken cancellationToken)
    {
        foreach (var attempt in _byState.Values.Where(attempt => attempt.Id == id))
            Change(attempt.StateHash, stored => stored with { UndoAt = undoAt, UndoToken = undoAt is null ? null : stored.UndoToken });
        return Task.CompletedTask;
    }

    public Task<ConnectAttempt?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(Of(account).FirstOrDefault(attempt => attempt.Id == id));

    public Task<IReadOnlyList<ConnectAttempt>> ListAsync(AccountId? account, DateTimeOffset? claimedSince, int max, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<ConnectAttempt>>(
    [
        .. _byState.Values
            .Where(attempt => (account ?? attempt.AccountId) == attempt.AccountId && (claimedSince ?? attempt.ClaimedAt) <= attempt.ClaimedAt)
            .OrderByDescending(attempt => attempt.ClaimedAt)
            .Take(max),
    ]);

    public Task WipeAsync(AccountId account, Guid id, CancellationToken cancellationToken)
    {
        Wipe(attempt => attempt.AccountId == account && attempt.Id == id);
        return Task.CompletedTask;
    }

    public Task<int> PruneAsync(DateTimeOffset waitedUntil, DateTimeOffset claimedBefore, CancellationToken cancellationToken)
    {
        Wipe(attempt => attempt.WaitsUntil <= waitedUntil);
        return Task.FromResult(Remove(attempt => attempt.ClaimedAt < claimedBefore));
    }

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        Remove(attempt => attempt.AccountId == account);
        return Task.CompletedTask;
    }

    public ConnectAttempt[] Of(AccountId account) => [.. _byState.Values.Where(attempt => attempt.AccountId == account)];

    private void Wipe(Func<ConnectAttempt, bool> matches)
    {
        foreach (var attempt in _byState.Values.Where(matches))
            Change(attempt.StateHash, stored => stored with { WaitingGrant = null, WaitsUntil = null });
    }

    private int Remove(Func<ConnectAttempt, bool> matches) =>
        _byState.Values.Where(matches).Count(attempt => _byState.TryRemove(attempt.StateHash, out _));

    /// <summary>What is stored after the change; null when nothing is.</summary>
    private ConnectAttempt? Change(string stateHash, Func<ConnectAttempt, ConnectAttempt> change)
    {
        while (_byState.TryGetValue(stateHash, out var stored))
        {
            var changed = change(stored);
            if (_byState.TryUpdate(stateHash, changed, stored))
                return changed;
        }

        return null;
    }
}
