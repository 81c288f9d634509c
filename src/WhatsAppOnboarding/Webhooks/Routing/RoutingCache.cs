using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Remembers for a few seconds who holds a number, or a number of a WABA. A write of this process forgets what is remembered of the account's numbers, for
/// everybody who holds them, and nothing else; that nobody holds one is never remembered. What was taken before is worked by what holds now: that is looked up anew, for all that
/// is worked at the moment at once.
/// </summary>
internal sealed class RoutingCache<TId>
    where TId : struct, IGraphId<TId>
{
    private static readonly Dictionary<TId, PhoneNumber[]> Nobody = [];

    private const int MaxEntries = 20_000;
    private const int AskedTogether = 64;

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<TId, Entry> _entries = new();
    private readonly Func<PhoneNumber, TId> _idOf;
    private readonly IOptionsMonitor<WhatsAppOnboardingOptions> _options;
    private readonly TimeProvider _time;
    private readonly Func<IReadOnlyCollection<TId>, CancellationToken, Task<IReadOnlyList<PhoneNumber>>> _lookUp;
    private readonly Together<IReadOnlyCollection<TId>, IReadOnlyList<PhoneNumber>> _lookUps;
    private long _writes;

    public RoutingCache(
        NumberAuthority numbers,
        Func<PhoneNumber, TId> idOf,
        Func<IReadOnlyCollection<TId>, CancellationToken, Task<IReadOnlyList<PhoneNumber>>> lookUp,
        IOptionsMonitor<WhatsAppOnboardingOptions> options,
        TimeProvider time)
    {
        (_idOf, _lookUp, _options, _time) = (idOf, lookUp, options, time);
        _lookUps = new(AskedTogether, async asked =>
        {
            using var limit = new CancellationTokenSource(options.CurrentValue.Webhooks.DeliveryTimeout);
            var held = await lookUp([.. asked.SelectMany(ids => ids).Distinct()], limit.Token).ConfigureAwait(false);
            return [.. asked.Select(_ => held)];
        }, rounds: 2);
        numbers.Written += Forget;
    }

    private TimeSpan Life => _options.CurrentValue.Webhooks.RoutingCacheLife;

    /// <summary>Who holds each of these ids; those that are not remembered are looked up together. An id that nobody holds is left out.</summary>
    public async ValueTask<IReadOnlyDictionary<TId, PhoneNumber[]>> ReadAsync(IReadOnlyCollection<TId> ids, bool fresh, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return Nobody;
        if (fresh)
            return await ReadFreshAsync(ids, cancellationToken).ConfigureAwait(false);
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

        var (writesBefore, readAt) = (Interlocked.Read(ref _writes), _time.GetTimestamp());
        foreach (var holders in (await _lookUp(missing, cancellationToken).ConfigureAwait(false)).GroupBy(_idOf))
        {
            found[holders.Key] = [.. holders];
            Keep(holders.Key, new Entry(found[holders.Key], readAt), writesBefore);
        }

        return found;
    }

    private async Task<IReadOnlyDictionary<TId, PhoneNumber[]>> ReadFreshAsync(IReadOnlyCollection<TId> ids, CancellationToken cancellationToken)
    {
        var held = await _lookUps.AddAsync(ids, cancellationToken).ConfigureAwait(false);
        return held.Where(number => ids.Contains(_idOf(number))).GroupBy(_idOf).ToDictionary(holders => holders.Key, holders => holders.ToArray());
    }

    private PhoneNumber[]? Find(TId id) =>
        _entries.TryGetValue(id, out var entry) && _time.GetElapsedTime(entry.ReadAt) < Life ? entry.Holders : null;

    private void Keep(TId id, Entry entry, long writesBefore)
    {
        if (Life == TimeSpan.Zero)
            return;
        lock (_gate)
        {
            // What was looked up beside a write may be from before it.
            if (_writes != writesBefore)
                return;
            if (_entries.Count >= MaxEntries)
                _entries.Clear();
            _entries[id] = entry;
        }
    }

    private void Forget(IReadOnlyCollection<PhoneNumber>? written)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _writes);
            if (written is null)
                _entries.Clear();
            foreach (var number in written ?? [])
                _entries.TryRemove(_idOf(number), out _);
        }
    }

    private sealed record Entry(PhoneNumber[] Holders, long ReadAt);
}
