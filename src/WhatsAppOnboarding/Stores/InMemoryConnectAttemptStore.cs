namespace WhatsAppOnboarding.Stores;

/// <summary>Keeps attempts in this process: for tests and first steps, and never for two nodes.</summary>
internal sealed partial class InMemoryConnectAttemptStore : IConnectAttemptStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ConnectAttempt> _byState = new(StringComparer.Ordinal);
    private readonly Dictionary<AccountId, HashSet<string>> _statesOf = [];

    public Task<ConnectAttempt> ClaimAsync(ConnectAttempt attempt, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_byState.TryGetValue(attempt.StateHash, out var earlier))
                return Task.FromResult(earlier);
            if (!_statesOf.TryGetValue(attempt.AccountId, out var states))
                _statesOf[attempt.AccountId] = states = [];
            states.Add(attempt.StateHash);
            return Task.FromResult(_byState[attempt.StateHash] = attempt);
        }
    }

    public Task<ConnectAttempt> UpdateAsync(ConnectAttempt attempt, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_byState.TryGetValue(attempt.StateHash, out var stored))
                return Task.FromResult(attempt);
            if (stored.Outcome is null)
                stored = attempt.Outcome is null ? stored with { Steps = attempt.Steps, UndoToken = attempt.UndoToken, UndoAt = attempt.UndoAt } : attempt;
            return Task.FromResult(_byState[attempt.StateHash] = stored);
        }
    }

    public Task<IReadOnlyList<ConnectAttempt>> TakeUndoneAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ConnectAttempt[] taken = [.. _byState.Values.Where(attempt => attempt.UndoAt <= now).OrderBy(attempt => attempt.UndoAt).Take(max).Select(attempt => attempt with { UndoAt = until })];
            foreach (var attempt in taken)
                _byState[attempt.StateHash] = attempt;
            return Task.FromResult<IReadOnlyList<ConnectAttempt>>(taken);
        }
    }

    public Task SetUndoAsync(Guid id, DateTimeOffset? undoAt, CancellationToken cancellationToken)
    {
        lock (_gate)
            Change(_byState.Values.Where(attempt => attempt.Id == id), stored => stored with { UndoAt = undoAt, UndoToken = undoAt is null ? null : stored.UndoToken });
        return Task.CompletedTask;
    }

    public Task<ConnectAttempt?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(StoredOf(account).FirstOrDefault(attempt => attempt.Id == id));
    }

    public Task<IReadOnlyList<ConnectAttempt>> ListAsync(AccountId? account, DateTimeOffset? claimedSince, int max, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<ConnectAttempt>>(
            [
                .. (account is { } given ? StoredOf(given) : _byState.Values)
                    .Where(attempt => (claimedSince ?? attempt.ClaimedAt) <= attempt.ClaimedAt)
                    .OrderByDescending(attempt => attempt.ClaimedAt)
                    .Take(max),
            ]);
        }
    }

    public Task WipeAsync(AccountId account, Guid id, CancellationToken cancellationToken)
    {
        lock (_gate)
            Wipe(StoredOf(account).Where(attempt => attempt.Id == id));
        return Task.CompletedTask;
    }

    public Task<int> PruneAsync(DateTimeOffset waitedUntil, DateTimeOffset claimedBefore, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Wipe(_byState.Values.Where(attempt => attempt.WaitsUntil <= waitedUntil));
            var old = RemoveStarts(start => start.StartedAt < claimedBefore);
            return Task.FromResult(old + Remove(_byState.Values.Where(attempt => attempt.ClaimedAt < claimedBefore)));
        }
    }

    public Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Remove(StoredOf(account));
            RemoveStarts(start => start.AccountId == account);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ConnectAttempt>> FindAllAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToHashSet();
        lock (_gate)
            return Task.FromResult<IReadOnlyList<ConnectAttempt>>([.. _byState.Values.Where(attempt => wanted.Contains(attempt.Id))]);
    }

    public ConnectAttempt[] Of(AccountId account)
    {
        lock (_gate)
            return [.. StoredOf(account)];
    }

    private IEnumerable<ConnectAttempt> StoredOf(AccountId account) => (_statesOf.GetValueOrDefault(account) ?? []).Select(state => _byState[state]);

    private void Wipe(IEnumerable<ConnectAttempt> attempts) => Change(attempts, stored => stored with { WaitingGrant = null, WaitsUntil = null });

    private void Change(IEnumerable<ConnectAttempt> attempts, Func<ConnectAttempt, ConnectAttempt> change)
    {
        foreach (var attempt in attempts.ToList())
            _byState[attempt.StateHash] = change(attempt);
    }

    private int Remove(IEnumerable<ConnectAttempt> attempts)
    {
        var removed = attempts.ToList();
        foreach (var attempt in removed)
        {
            _byState.Remove(attempt.StateHash);
            if (_statesOf.TryGetValue(attempt.AccountId, out var states) && states.Remove(attempt.StateHash) && states.Count == 0)
                _statesOf.Remove(attempt.AccountId);
        }

        return removed.Count;
    }
}
