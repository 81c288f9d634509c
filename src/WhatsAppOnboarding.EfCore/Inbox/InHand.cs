using WhatsAppOnboarding.EfCore.Entities;

namespace WhatsAppOnboarding.EfCore.Inbox;

/// <summary>What this node has taken and not ended: enough that nobody waits for the database, and of one lane so little that the others are reached, however much waits before them.</summary>
internal sealed class InHand
{
    private const int Most = 4_000;
    private const int MostOfLane = 32;
    private const long MostBytes = 128 * 1024 * 1024;
    private const long MostBytesOfLane = 8 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Amount> _lanes = new(StringComparer.Ordinal);
    private readonly Dictionary<int, int> _shards = [];
    private TaskCompletionSource? _empty;
    private Amount _all;

    public bool IsFull
    {
        get
        {
            lock (_gate)
                return _all.IsEnough(Most, MostBytes);
        }
    }

    public IReadOnlyCollection<string> FullLanes()
    {
        lock (_gate)
            return [.. _lanes.Where(lane => lane.Value.IsEnough(MostOfLane, MostBytesOfLane)).Select(lane => lane.Key)];
    }

    /// <summary>Of what is due, what there is room for.</summary>
    public IReadOnlyList<long> Choose(IReadOnlyList<InboxHead> due)
    {
        var chosen = new List<long>();
        lock (_gate)
        {
            var lanes = new Dictionary<string, Amount>(StringComparer.Ordinal);
            var all = _all;
            foreach (var head in due)
            {
                if (all.IsEnough(Most, MostBytes))
                    break;
                var lane = lanes.TryGetValue(head.Lane, out var seen) ? seen : _lanes.GetValueOrDefault(head.Lane);
                if (lane.IsEnough(MostOfLane, MostBytesOfLane))
                    continue;
                lanes[head.Lane] = lane.And(1, head.Size);
                all = all.And(1, head.Size);
                chosen.Add(head.Id);
            }
        }

        return chosen;
    }

    public void Add(InboxRow row)
    {
        lock (_gate)
        {
            _lanes[row.Lane] = _lanes.GetValueOrDefault(row.Lane).And(1, row.Size);
            _shards[row.Shard] = _shards.GetValueOrDefault(row.Shard) + 1;
            _all = _all.And(1, row.Size);
        }
    }

    /// <summary>Whether there is room again that was missing.</summary>
    public bool Remove(InboxRow row)
    {
        lock (_gate)
        {
            var wasFull = _all.IsEnough(Most / 2, MostBytes / 2);
            _all = _all.And(-1, -row.Size);
            if (--_shards[row.Shard] == 0)
                _shards.Remove(row.Shard);
            var lane = _lanes[row.Lane];
            var left = _lanes[row.Lane] = lane.And(-1, -row.Size);
            if (left.Count == 0)
                _lanes.Remove(row.Lane);
            if (_all.Count == 0)
                _empty?.TrySetResult();
            return (wasFull && !_all.IsEnough(Most / 2, MostBytes / 2))
                || (lane.IsEnough(MostOfLane / 2, MostBytesOfLane / 2) && !left.IsEnough(MostOfLane / 2, MostBytesOfLane / 2));
        }
    }

    public bool IsWorkedOn(int shard)
    {
        lock (_gate)
            return _shards.ContainsKey(shard);
    }

    /// <summary>When nothing is left.</summary>
    public Task EmptyAsync()
    {
        lock (_gate)
        {
            _empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_all.Count == 0)
                _empty.SetResult();
            return _empty.Task;
        }
    }

    private readonly record struct Amount(int Count, long Bytes)
    {
        public bool IsEnough(int count, long bytes) => Count >= count || Bytes >= bytes;

        public Amount And(int count, long bytes) => new(Count + count, Bytes + bytes);
    }
}
