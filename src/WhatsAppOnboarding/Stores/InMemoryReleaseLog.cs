using System.Collections.Concurrent;

namespace WhatsAppOnboarding.Stores;

internal sealed class InMemoryReleaseLog : IReleaseLog
{
    private readonly ConcurrentDictionary<WabaId, DateTimeOffset> _last = new();

    public Task RecordAsync(WabaId waba, DateTimeOffset at, CancellationToken cancellationToken)
    {
        _last.AddOrUpdate(waba, at, (_, last) => last > at ? last : at);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyCollection<WabaId>> FindSinceAsync(
        IReadOnlyCollection<WabaId> wabas, DateTimeOffset since, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyCollection<WabaId>>([.. wabas.Distinct().Where(waba => _last.TryGetValue(waba, out var at) && at >= since)]);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        Task.FromResult(_last.Where(entry => entry.Value < before).Count(_last.TryRemove));
}
