namespace WhatsAppOnboarding.Stores;

/// <summary>Keeps the log of calls in this process: for tests and first steps, and never for two nodes.</summary>
internal sealed class InMemoryMetaCallLog : IMetaCallLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Kind, string Id), List<MetaCall>> _calls = [];

    public Task<bool> TakeAsync(MetaCall call, int? limit, TimeSpan window, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_calls.TryGetValue((call.Kind, call.Id), out var made))
                _calls[(call.Kind, call.Id)] = made = [];
            var granted = limit is null || made.Count(one => one.At > call.At - window) < limit;
            if (granted)
                made.Add(call);
            return Task.FromResult(granted);
        }
    }

    public Task<IReadOnlyList<MetaCall>> FindAsync(string kind, IReadOnlyCollection<string> ids, DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<MetaCall>>([.. ids.Distinct().SelectMany(id => _calls.GetValueOrDefault((kind, id)) ?? []).Where(call => call.At >= since)]);
    }

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var removed = _calls.Values.Sum(made => made.RemoveAll(call => call.At < before));
            foreach (var (key, _) in _calls.Where(entry => entry.Value.Count == 0).ToList())
                _calls.Remove(key);
            return Task.FromResult(removed);
        }
    }
}
