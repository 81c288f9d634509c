namespace WhatsAppOnboarding.EfCore.Inbox;

/// <summary>What this node has taken and not ended: enough that nobody waits for the database, and of one number or lane so little that the others are reached, however much waits before them.</summary>
internal sealed class InHand
{
    private const int Most = 4_000;
    private const int MostOfLane = 256;
    private const int MostOfNumber = 16;
    private const long MostBytes = 128 * 1024 * 1024;
    private const long MostBytesOfLane = 16 * 1024 * 1024;
    private const long MostBytesOfNumber = 4 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Amounts _lanes = new(MostOfLane, MostBytesOfLane);
    private readonly Amounts _numbers = new(MostOfNumber, MostBytesOfNumber);
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

    /// <summary>The lanes and numbers of which enough is in hand.</summary>
    public (IReadOnlyCollection<string> Lanes, IReadOnlyCollection<string> Numbers) Full()
    {
        lock (_gate)
            return (_lanes.Full(), _numbers.Full());
    }

    /// <summary>Of what is due, what there is room for; until <see cref="Remove"/>.</summary>
    public IReadOnlyList<InboxHead> Choose(IReadOnlyList<InboxHead> due)
    {
        lock (_gate)
        {
            var chosen = new List<InboxHead>();
            foreach (var head in due)
            {
                if (_all.IsEnough(Most, MostBytes))
                    break;
                if (_lanes.IsFull(head.Lane) || _numbers.IsFull(head.Number))
                    continue;
                Add(head, 1);
                chosen.Add(head);
            }

            return chosen;
        }
    }

    /// <summary>Whether there is room again that was missing.</summary>
    public bool Remove(InboxHead head)
    {
        lock (_gate)
        {
            var wasMuch = _all.IsEnough(Most / 2, MostBytes / 2);
            var isRoom = Add(head, -1) | (wasMuch && !_all.IsEnough(Most / 2, MostBytes / 2));
            if (_all.Count == 0)
                _empty?.TrySetResult();
            return isRoom;
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

    private bool Add(InboxHead head, int count)
    {
        _all = _all.And(count, head.Size);
        var shard = _shards.GetValueOrDefault(head.Shard) + count;
        if (shard == 0)
            _shards.Remove(head.Shard);
        else
            _shards[head.Shard] = shard;

        // What is about no number has its lane alone.
        return _lanes.Add(head.Lane, count, head.Size) | (head.Number.Length > 0 && _numbers.Add(head.Number, count, head.Size));
    }

    /// <summary>How much there is of each key.</summary>
    private sealed class Amounts(int most, long mostBytes)
    {
        private readonly Dictionary<string, Amount> _of = new(StringComparer.Ordinal);

        public bool IsFull(string key) => _of.GetValueOrDefault(key).IsEnough(most, mostBytes);

        public IReadOnlyCollection<string> Full() => [.. _of.Where(one => one.Value.IsEnough(most, mostBytes)).Select(one => one.Key)];

        /// <summary>Whether half of it is free again.</summary>
        public bool Add(string key, int count, int size)
        {
            var before = _of.GetValueOrDefault(key);
            var after = before.And(count, size);
            if (after.Count == 0)
                _of.Remove(key);
            else
                _of[key] = after;
            return before.IsEnough(most / 2, mostBytes / 2) && !after.IsEnough(most / 2, mostBytes / 2);
        }
    }

    private readonly record struct Amount(int Count, long Bytes)
    {
        public bool IsEnough(int count, long bytes) => Count >= count || Bytes >= bytes;

        public Amount And(int count, int size) => new(Count + count, Bytes + (count * size));
    }
}
