namespace WhatsAppOnboarding.EfCore.Inbox;

/// <summary>What this node has taken and not ended: enough that nobody waits for the database, and of one number or lane so little that the others are reached, however much waits before them.</summary>
/// <remarks>
/// Of a lane it is at most a quarter of the room that is left, and one at least, for which some room is kept: so many lanes of which nothing ends do not keep the others out either. What was
/// begun often without an end may be what ends the process, and then takes along what is in hand beside it: of that it is one at a time.
/// </remarks>
internal sealed class InHand(TimeProvider time)
{
    private const int Most = 4_000;
    private const int Shared = 3_000;
    private const int MostOfLane = 256;
    private const int MostOfNumber = 16;
    private const long MostBytes = 128 * 1024 * 1024;
    private const long SharedBytes = 96 * 1024 * 1024;
    private const long MostBytesOfLane = 16 * 1024 * 1024;
    private const long MostBytesOfNumber = 4 * 1024 * 1024;

    /// <summary>One that takes longer does not seem to end the process.</summary>
    private static readonly TimeSpan Doubt = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Amounts _lanes = new(MostOfLane, MostBytesOfLane);
    private readonly Amounts _numbers = new(MostOfNumber, MostBytesOfNumber);
    private readonly Dictionary<int, (int Count, CancellationTokenSource Leaving)> _shards = [];
    private TaskCompletionSource? _empty;
    private Amount _all;
    private int _doubtful;
    private long _doubtfulSince;

    public bool IsFull
    {
        get
        {
            lock (_gate)
                return _all.IsEnough(Most, MostBytes);
        }
    }

    /// <summary>Whether one that was begun often is in hand.</summary>
    public bool HasDoubtful
    {
        get
        {
            lock (_gate)
                return _doubtful > 0 && time.GetElapsedTime(_doubtfulSince) < Doubt;
        }
    }

    /// <summary>The lanes and numbers of which enough is in hand.</summary>
    public (IReadOnlyCollection<string> Lanes, IReadOnlyCollection<string> Numbers) Full()
    {
        lock (_gate)
            return (_lanes.Full(Share), _numbers.Full(Amount.Unlimited));
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
                if (_lanes.IsFull(head.Lane, Share) || _numbers.IsFull(head.Number, Amount.Unlimited) || (head.IsDoubtful && HasDoubtful))
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
            var wasMuch = _all.IsEnough(Shared / 2, SharedBytes / 2);
            var isRoom = Add(head, -1) | (wasMuch && (!_all.IsEnough(Shared / 2, SharedBytes / 2) || !_lanes.Has(head.Lane))) | head.IsDoubtful;
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

    /// <summary>Ends when this node leaves the shard, with something of it in hand, to another one.</summary>
    public CancellationToken LeavingOf(InboxHead head)
    {
        lock (_gate)
            return _shards[head.Shard].Leaving.Token;
    }

    /// <summary>Begins nothing more of other shards: another node waits for them, and what hangs there would keep it waiting for as long as anything is behind it.</summary>
    public void LeaveAllBut(IReadOnlyCollection<int> shards)
    {
        CancellationTokenSource[] left;
        lock (_gate)
            left = [.. _shards.Where(shard => !shards.Contains(shard.Key)).Select(shard => shard.Value.Leaving)];
        foreach (var leaving in left)
            leaving.Cancel();
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

    /// <summary>How much one lane may have.</summary>
    private Amount Share => new(Math.Max(1, (Shared - _all.Count) / 4), Math.Max(1, (SharedBytes - _all.Bytes) / 4));

    private bool Add(InboxHead head, int count)
    {
        _all = _all.And(count, head.Size);
        if (head.IsDoubtful)
            (_doubtful, _doubtfulSince) = (_doubtful + count, count > 0 ? time.GetTimestamp() : _doubtfulSince);
        var shard = _shards.TryGetValue(head.Shard, out var had) ? had with { Count = had.Count + count } : (Count: count, Leaving: new CancellationTokenSource());
        if (shard.Count == 0)
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

        public bool Has(string key) => _of.ContainsKey(key);

        public bool IsFull(string key, Amount share) => _of.TryGetValue(key, out var amount) && IsFull(amount, share);

        public IReadOnlyCollection<string> Full(Amount share) => [.. _of.Where(one => IsFull(one.Value, share)).Select(one => one.Key)];

        private bool IsFull(Amount amount, Amount share) => amount.IsEnough(Math.Min(most, share.Count), Math.Min(mostBytes, share.Bytes));

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
        public static readonly Amount Unlimited = new(int.MaxValue, long.MaxValue);

        public bool IsEnough(int count, long bytes) => Count >= count || Bytes >= bytes;

        public Amount And(int count, int size) => new(Count + count, Bytes + (count * size));
    }
}
