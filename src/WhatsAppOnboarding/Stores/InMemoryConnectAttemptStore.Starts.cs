namespace WhatsAppOnboarding.Stores;

/// <content>What attempts began as.</content>
internal sealed partial class InMemoryConnectAttemptStore
{
    private readonly Dictionary<Guid, StartedAttempt> _starts = [];

    public Task StartAsync(StartedAttempt start, CancellationToken cancellationToken)
    {
        lock (_gate)
            _starts.TryAdd(start.Id, start);
        return Task.CompletedTask;
    }

    public Task NoteSignAsync(AccountId account, Guid id, DateTimeOffset at, DateTimeOffset silentAt, bool isOpen, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (StartOf(account, id) is { SilentAt: not null, Outcome: null } start)
                _starts[id] = start with { LastSignAt = at, SilentAt = silentAt, OpenedAt = start.OpenedAt ?? (isOpen ? at : null) };
        }

        return Task.CompletedTask;
    }

    public Task<bool> EndStartAsync(AccountId account, Guid id, string outcome, DateTimeOffset? silentAt, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (StartOf(account, id) is not { } start)
                return Task.FromResult(false);
            _starts[id] = start with { Outcome = outcome, SilentAt = silentAt };
            return Task.FromResult(start.Outcome != outcome);
        }
    }

    public Task RenewStartAsync(AccountId account, Guid id, Guid renewed, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (StartOf(account, id) is { } start && _starts.TryAdd(renewed, start with { Id = renewed }))
                _starts.Remove(id);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<StartedAttempt>> TakeSilentAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var answered = _byState.Values.Select(attempt => attempt.Id).ToHashSet();
            var taken = new List<StartedAttempt>();
            foreach (var start in _starts.Values.Where(start => start.SilentAt <= now).OrderBy(start => start.SilentAt).Take(max).ToList())
            {
                var isAnswered = answered.Contains(start.Id);
                _starts[start.Id] = start with { SilentAt = isAnswered ? null : until };
                if (!isAnswered)
                    taken.Add(_starts[start.Id]);
            }

            return Task.FromResult<IReadOnlyList<StartedAttempt>>(taken);
        }
    }

    public Task<IReadOnlyList<StartedAttempt>> ListStartsAsync(AccountId? account, DateTimeOffset since, int skip, int max, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<StartedAttempt>>([.. _starts.Values.Where(start => start.StartedAt >= since && (account is null || start.AccountId == account)).OrderByDescending(start => start.StartedAt).Skip(skip).Take(max)]);
    }

    private StartedAttempt? StartOf(AccountId account, Guid id) => _starts.GetValueOrDefault(id) is { } start && start.AccountId == account ? start : null;

    private int RemoveStarts(Func<StartedAttempt, bool> which)
    {
        var removed = _starts.Values.Where(which).ToList();
        return removed.Count(start => _starts.Remove(start.Id));
    }
}
