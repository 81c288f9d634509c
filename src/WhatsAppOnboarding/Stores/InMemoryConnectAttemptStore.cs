using System.Collections.Concurrent;

namespace WhatsAppOnboarding.Stores;

/// <summary>Keeps attempts in this process: for tests and first steps, and never for two nodes.</summary>
internal sealed class InMemoryConnectAttemptStore : IConnectAttemptStore
{
    private readonly ConcurrentDictionary<string, ConnectAttempt> _byState = new(StringComparer.Ordinal);

    public Task<ConnectAttempt> ClaimAsync(ConnectAttempt attempt, CancellationToken cancellationToken) =>
        Task.FromResult(_byState.GetOrAdd(attempt.StateHash, attempt));

    public Task NoteAsync(ConnectAttempt running, CancellationToken cancellationToken)
    {
        Change(running.StateHash, stored => stored.Outcome is null ? stored with { Steps = running.Steps } : stored);
        return Task.CompletedTask;
    }

    public Task<ConnectAttempt> EndAsync(ConnectAttempt ended, CancellationToken cancellationToken) =>
        Task.FromResult(Change(ended.StateHash, stored => stored.Outcome is null ? ended : stored) ?? ended);

    public Task<ConnectAttempt?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(Of(account).FirstOrDefault(attempt => attempt.Id == id));

    public Task<IReadOnlyList<ConnectAttempt>> ListAsync(AccountId account, int max, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ConnectAttempt>>([.. Of(account).OrderByDescending(attempt => attempt.ClaimedAt).Take(max)]);

    public Task<IReadOnlyList<ConnectAttempt>> ListSinceAsync(DateTimeOffset claimedSince, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ConnectAttempt>>(
            [.. _byState.Values.Where(attempt => attempt.ClaimedAt >= claimedSince).OrderByDescending(attempt => attempt.ClaimedAt)]);

    public Task WipeAsync(AccountId account, Guid id, CancellationToken cancellationToken)
    {
        Wipe(attempt => attempt.AccountId == account && attempt.Id == id);
        return Task.CompletedTask;
    }

    public Task<int> WipeOverdueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult(Wipe(attempt => attempt.WaitsUntil <= now));

    public Task<int> PruneAsync(DateTimeOffset claimedBefore, CancellationToken cancellationToken) =>
        Task.FromResult(Remove(attempt => attempt.ClaimedAt < claimedBefore));

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        Remove(attempt => attempt.AccountId == account);
        return Task.CompletedTask;
    }

    public ConnectAttempt[] Of(AccountId account) => [.. _byState.Values.Where(attempt => attempt.AccountId == account)];

    private int Wipe(Func<ConnectAttempt, bool> matches)
    {
        ConnectAttempt[] waiting = [.. _byState.Values.Where(attempt => attempt.WaitingGrant is not null && matches(attempt))];
        foreach (var attempt in waiting)
            Change(attempt.StateHash, stored => stored with { WaitingGrant = null, WaitsUntil = null });
        return waiting.Length;
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
