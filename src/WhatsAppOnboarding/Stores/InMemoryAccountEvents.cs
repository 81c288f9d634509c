namespace WhatsAppOnboarding.Stores;

/// <summary>The account events in this process, as the store in memory hands them out.</summary>
internal sealed class InMemoryAccountEvents
{
    private const int AccountsAtOnce = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<AccountId, List<StoredEvent>> _events = [];

    public void Add(IReadOnlyList<StoredEvent> events)
    {
        lock (_gate)
        {
            foreach (var one in events)
            {
                if (!_events.TryGetValue(one.Event.AccountId, out var of))
                    _events[one.Event.AccountId] = of = [];
                of.Add(one);
            }
        }
    }

    public bool Keeps(AccountId account, Guid id)
    {
        lock (_gate)
            return Of(account).Exists(one => one.Event.Id == id);
    }

    public Task<IReadOnlyList<AccountId>> FindWaitingAsync(DateTimeOffset now, AccountId? after)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<AccountId>>(
            [
                .. _events
                    .Where(entry => entry.Value.Find(one => one.NextAt is not null) is { } oldest && oldest.NextAt <= now)
                    .Select(entry => entry.Key)
                    .OrderBy(account => account.ToString(), StringComparer.Ordinal)
                    .Where(account => after is not { } last || string.CompareOrdinal(account.ToString(), last.ToString()) > 0)
                    .Take(AccountsAtOnce),
            ]);
        }
    }

    public Task<StoredEvent?> TakeAsync(AccountId account, DateTimeOffset now, DateTimeOffset until)
    {
        lock (_gate)
        {
            var of = Of(account);
            var oldest = of.FindIndex(one => one.NextAt is not null);
            return Task.FromResult(oldest >= 0 && of[oldest].NextAt <= now ? of[oldest] = of[oldest] with { NextAt = until } : null);
        }
    }

    public Task<bool> UpdateAsync(StoredEvent stored, DateTimeOffset? expected)
    {
        lock (_gate)
        {
            var of = Of(stored.Event.AccountId);
            var index = of.FindIndex(one => one.Place == stored.Place && one.NextAt == expected);
            if (index >= 0)
                of[index] = stored;
            return Task.FromResult(index >= 0);
        }
    }

    public Task<IReadOnlyList<StoredEvent>> ListAsync(AccountId? account, DateTimeOffset? since, bool parked, int max)
    {
        lock (_gate)
        {
            IEnumerable<StoredEvent> all = account is { } given ? Of(given) : _events.Values.SelectMany(of => of).OrderBy(one => one.Event.At);
            return Task.FromResult<IReadOnlyList<StoredEvent>>([.. all.Where(one => !(one.Event.At < since) && (!parked || one.ParkedAt is not null)).Take(max)]);
        }
    }

    public Task<int> PruneAsync(DateTimeOffset before)
    {
        lock (_gate)
            return Task.FromResult(_events.Values.Sum(of => of.RemoveAll(one => one.Event.At < before)));
    }

    public void Erase(AccountId account)
    {
        lock (_gate)
            _events.Remove(account);
    }

    private List<StoredEvent> Of(AccountId account) => _events.GetValueOrDefault(account) ?? [];
}
