using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Remembers for a few seconds who holds a number, or a number of a WABA. Every write of this process forgets all of it; that nobody holds one is
/// never remembered.
/// </summary>
internal sealed class RoutingCache<TId>(NumberAuthority numbers, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time)
    where TId : struct, IGraphId<TId>
{
    private static readonly Dictionary<TId, PhoneNumber[]> Nobody = [];

    private const int MaxEntries = 20_000;

    private readonly ConcurrentDictionary<TId, Entry> _entries = new();

    private TimeSpan Life => options.CurrentValue.Webhooks.RoutingCacheLife;

    /// <summary>Who holds each of these ids; those that are not remembered are looked up together. An id that nobody holds is left out.</summary>
    public async ValueTask<IReadOnlyDictionary<TId, PhoneNumber[]>> ReadAsync(
        IReadOnlyCollection<TId> ids, Func<IReadOnlyCollection<TId>, Task<IReadOnlyList<PhoneNumber>>> lookUp, Func<PhoneNumber, TId> idOf)
    {
        if (ids.Count == 0)
            return Nobody;

        var found = new Dictionary<TId, PhoneNumber[]>(ids.Count);
        List<TId>? missing = null;
        foreach (var id in ids)
        {
            if (Find(id) is { } holders)
                found[id] = holders;
            else
                (missing ??= []).Add(id);
        }

        if (missing is null)
            return found;

        var (writesBefore, readAt) = (numbers.Writes, time.GetTimestamp());
        foreach (var holders in (await lookUp(missing).ConfigureAwait(false)).GroupBy(idOf))
        {
            found[holders.Key] = [.. holders];
            Keep(holders.Key, new Entry(found[holders.Key], writesBefore, readAt));
        }

        return found;
    }

    private PhoneNumber[]? Find(TId id) =>
        _entries.TryGetValue(id, out var entry) && entry.Writes == numbers.Writes && time.GetElapsedTime(entry.ReadAt) < Life ? entry.Holders : null;

    private void Keep(TId id, Entry entry)
    {
        if (Life == TimeSpan.Zero)
            return;
        if (_entries.Count >= MaxEntries)
            _entries.Clear();
        _entries[id] = entry;
    }

    private sealed record Entry(PhoneNumber[] Holders, long Writes, long ReadAt);
}
