namespace WhatsAppOnboarding.Webhooks;

/// <summary>A delivery that waits for its turn, or is worked.</summary>
internal sealed class WaitingDelivery(TakenDelivery delivery, CancellationToken cancellationToken)
{
    public TakenDelivery Delivery => delivery;

    public CancellationToken CancellationToken => cancellationToken;

    public TaskCompletionSource<WorkResult> Result { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How often it was begun.</summary>
    public int Go { get; set; }

    public bool HasPlace { get; set; }

    /// <summary>Whether it holds its number's turn.</summary>
    public bool HasTurn { get; set; }
}

/// <summary>Who comes next: notices before all else, lanes in turn, of one number in order.</summary>
internal sealed class WorkLanes
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(bool IsNotice, string Name), Lane> _lanes = [];
    private readonly Queue<Lane> _notices = [];
    private readonly Queue<Lane> _others = [];
    private int _working;

    public void Add(WaitingDelivery waiting)
    {
        lock (_gate)
        {
            var key = (waiting.Delivery.IsNotice, waiting.Delivery.Lane);
            if (!_lanes.TryGetValue(key, out var lane))
                _lanes[key] = lane = new Lane(waiting.Delivery.IsNotice);
            lane.Waiting.AddLast(waiting);
            Queue(lane);
        }
    }

    /// <summary>The next one, with a place and its number's turn; null when there is none, or no place.</summary>
    public WaitingDelivery? TryTake(int places)
    {
        lock (_gate)
        {
            while (_working < places && (_notices.TryDequeue(out var lane) || _others.TryDequeue(out lane)))
            {
                lane.IsQueued = false;
                if (Next(lane) is not { } node)
                    continue;
                lane.Waiting.Remove(node);
                lane.Working.Add(node.Value.Delivery.Number);
                node.Value.HasPlace = node.Value.HasTurn = true;
                node.Value.Go++;
                _working++;
                Queue(lane);
                return node.Value;
            }

            return null;
        }
    }

    /// <summary>Gives back its place, and keeps its number's turn.</summary>
    public void GiveUpPlace(WaitingDelivery waiting)
    {
        lock (_gate)
            ReleasePlace(waiting);
    }

    /// <summary>Gives back its number's turn, too, if it is still at this go.</summary>
    public void GiveUpTurn(WaitingDelivery waiting, int go)
    {
        lock (_gate)
        {
            if (waiting.Go == go && LaneOf(waiting) is { } lane)
                Release(waiting, lane);
        }
    }

    /// <summary>Gives back its place and its number's turn; again is nothing.</summary>
    public void Release(WaitingDelivery waiting)
    {
        lock (_gate)
        {
            if (LaneOf(waiting) is { } lane)
                Release(waiting, lane);
        }
    }

    /// <summary>It is not done and comes first again.</summary>
    /// <param name="waiting">The delivery.</param>
    /// <param name="rests">Whether nothing of its number is begun until <see cref="Wake"/>.</param>
    public void PutBack(WaitingDelivery waiting, bool rests)
    {
        lock (_gate)
        {
            var key = (waiting.Delivery.IsNotice, waiting.Delivery.Lane);
            if (!_lanes.TryGetValue(key, out var lane))
                _lanes[key] = lane = new Lane(waiting.Delivery.IsNotice);
            lane.Waiting.AddFirst(waiting);
            if (rests)
                lane.Resting.Add(waiting.Delivery.Number);
            Release(waiting, lane);
            Queue(lane);
        }
    }

    public void Wake(WaitingDelivery waiting)
    {
        lock (_gate)
        {
            if (LaneOf(waiting) is not { } lane)
                return;
            lane.Resting.Remove(waiting.Delivery.Number);
            Queue(lane);
        }
    }

    private Lane? LaneOf(WaitingDelivery waiting) => _lanes.GetValueOrDefault((waiting.Delivery.IsNotice, waiting.Delivery.Lane));

    private void Release(WaitingDelivery waiting, Lane lane)
    {
        ReleasePlace(waiting);
        if (!waiting.HasTurn)
            return;
        waiting.HasTurn = false;
        lane.Working.Remove(waiting.Delivery.Number);
        if (lane.Waiting.Count == 0 && lane.Working.Count == 0)
            _lanes.Remove((waiting.Delivery.IsNotice, waiting.Delivery.Lane));
        else
            Queue(lane);
    }

    private void ReleasePlace(WaitingDelivery waiting)
    {
        if (!waiting.HasPlace)
            return;
        waiting.HasPlace = false;
        _working--;
    }

    private static LinkedListNode<WaitingDelivery>? Next(Lane lane)
    {
        var node = lane.Waiting.First;
        while (node is not null && (lane.Working.Contains(node.Value.Delivery.Number) || lane.Resting.Contains(node.Value.Delivery.Number)))
            node = node.Next;
        return node;
    }

    private void Queue(Lane lane)
    {
        if (lane.IsQueued || lane.Waiting.Count == 0)
            return;
        lane.IsQueued = true;
        (lane.IsNotice ? _notices : _others).Enqueue(lane);
    }

    private sealed class Lane(bool isNotice)
    {
        public bool IsNotice => isNotice;

        public LinkedList<WaitingDelivery> Waiting { get; } = [];

        /// <summary>The numbers whose turn is taken.</summary>
        public HashSet<string> Working { get; } = new(StringComparer.Ordinal);

        /// <summary>The numbers of accounts that have enough going on.</summary>
        public HashSet<string> Resting { get; } = new(StringComparer.Ordinal);

        public bool IsQueued { get; set; }
    }
}
