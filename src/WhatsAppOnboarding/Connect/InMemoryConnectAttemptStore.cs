using System.Collections.Concurrent;

namespace WhatsAppOnboarding.Connect;

/// <summary>Keeps attempts in this process: for tests and first steps, and never for two nodes.</summary>
internal sealed class InMemoryConnectAttemptStore : IConnectAttemptStore
{
    private readonly ConcurrentDictionary<string, ConnectAttempt> _byState = new(StringComparer.Ordinal);

    public Task<ConnectAttempt> ClaimAsync(ConnectAttempt attempt, CancellationToken cancellationToken) =>
        Task.FromResult(_byState.GetOrAdd(attempt.StateHash, attempt));

    public Task<ConnectAttempt> EndAsync(ConnectAttempt ended, CancellationToken cancellationToken)
    {
        while (_byState.TryGetValue(ended.StateHash, out var stored))
        {
            if (stored.Outcome is not null)
                return Task.FromResult(stored);
            if (_byState.TryUpdate(ended.StateHash, ended, stored))
                break;
        }

        return Task.FromResult(ended);
    }

    public Task<ConnectAttempt?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken) =>
        Task.FromResult(_byState.Values.FirstOrDefault(attempt => attempt.Id == id && attempt.AccountId == account));

    public Task<int> PruneAsync(DateTimeOffset claimedBefore, CancellationToken cancellationToken) =>
        Task.FromResult(Remove(attempt => attempt.ClaimedAt < claimedBefore));

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        Remove(attempt => attempt.AccountId == account);
        return Task.CompletedTask;
    }

    public ConnectAttempt[] Of(AccountId account) => [.. _byState.Values.Where(attempt => attempt.AccountId == account)];

    private int Remove(Func<ConnectAttempt, bool> matches) =>
        _byState.Values.Where(matches).Count(attempt => _byState.TryRemove(attempt.StateHash, out _));
}
