namespace WhatsAppOnboarding.Stores;

/// <summary>Keeps the log of calls in this process: for tests and first steps, and never for two nodes.</summary>
internal sealed class InMemoryMetaCallLog : IMetaCallLog
{
    private readonly Lock _gate = new();
    private readonly List<MetaCall> _calls = [];

    public Task<bool> TakeAsync(MetaCall call, int? limit, TimeSpan window, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var granted = limit is null || _calls.Count(made => made.Kind == call.Kind && made.Id == call.Id && made.At > call.At - window) < limit;
            if (granted)
                _calls.Add(call);
            return Task.FromResult(granted);
        }
    }

    public Task<IReadOnlyList<MetaCall>> FindAsync(string kind, IReadOnlyCollection<string> ids, DateTimeOffset since, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult<IReadOnlyList<MetaCall>>([.. _calls.Where(call => call.Kind == kind && ids.Contains(call.Id) && call.At >= since)]);
    }

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        lock (_gate)
            return Task.FromResult(_calls.RemoveAll(call => call.At < before));
    }
}
