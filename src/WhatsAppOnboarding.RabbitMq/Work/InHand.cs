using WhatsAppOnboarding.RabbitMq.Broker;

namespace WhatsAppOnboarding.RabbitMq.Work;

/// <summary>
/// What this node has of one queue and has not ended. A number has a quarter of the room that is left at most, so that those behind it are reached, however much waits before them; what is
/// more is put aside, and what came later of that number then waits for it, so that they are worked in order all the same. What is put aside may come back in any order: what comes before
/// its turn and has room is held until then, for it would otherwise go round for as long as there are others before it.
/// </summary>
internal sealed class InHand(TimeProvider time)
{
    /// <summary>How much the broker hands over before something of it is ended.</summary>
    public const int Window = 800;

    private const long MostBytes = 16 * 1024 * 1024;

    /// <summary>How long what comes later of a number waits for what was put aside and does not come: somebody may have emptied a queue.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    /// <summary>In so much time all that another node put aside comes by.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(7);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);
    private int _count;
    private int _held;
    private long _bytes;
    private long _lastPlace;
    private long? _settlesFrom;

    private bool IsSettling => _settlesFrom is { } from && time.GetElapsedTime(from) < Settling;

    /// <summary>How much came before its turn.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Another node had put something aside: what it had not begun waits until all of that came by, and so comes in its order.</summary>
    public void Settle()
    {
        lock (_gate)
            _settlesFrom = time.GetTimestamp();
    }

    /// <summary>Takes a part into hand, to be left; or gives it its place among what is put aside. What is to be begun now, in order.</summary>
    /// <param name="taken">The part.</param>
    /// <param name="aside">What is to be put aside, the part itself or one that comes later; null when there is room for all.</param>
    /// <param name="isMoving">Whether something of its number was ended just now, so that there will soon be room.</param>
    public IReadOnlyList<TakenMessage> Enter(TakenMessage taken, out TakenMessage? aside, out bool isMoving)
    {
        lock (_gate)
        {
            var message = taken.Message;
            if (!_turns.TryGetValue(message.Turn, out var turn))
                _turns[message.Turn] = turn = new Turn { MovedAt = time.GetTimestamp() };
            (aside, isMoving) = (null, time.GetElapsedTime(turn.MovedAt) < Moment);
            if (turn.Aside.Count > 0 && message.Place == turn.Aside.Min)
                turn.SeenAt = time.GetTimestamp();

            // What failed has lost its place already. The next one is what all that is held waits for, and what another node had begun has no other place than now.
            var isRoom = IsRoom(turn, message.Part.Body.Length);
            var isNext = message.Failures > 0 || (IsSettling ? message is { Place: null, Part.Tries: > 1 } : turn.Aside.Count == 0 || message.Place <= turn.Aside.Min);
            if (isNext && (isRoom || (message.Failures == 0 && (IsSettling || turn.Held.Count > 0))))
            {
                Add(turn, message, 1);
                Begun(turn, message.Place);
                return [taken, .. Release(turn)];
            }

            if (message is { Failures: 0, Place: { } place } && !turn.Held.ContainsKey(place))
            {
                aside = isRoom ? null : Exchanged(turn, place);
                if (isRoom || aside is not null)
                {
                    // The one who put it aside may have been another node.
                    turn.Aside.Add(place);
                    turn.Held.Add(place, taken);
                    Add(turn, message, 1);
                    _held++;
                    return [];
                }
            }

            aside = message.Failures > 0 ? taken : taken with { Message = message with { Place = message.Place ?? NextPlace() } };
            if (aside.Value.Message.Place is { } given && turn.Aside.Add(given) && turn.Aside.Count == 1)
                turn.SeenAt = time.GetTimestamp();
            return [];
        }
    }

    /// <summary>It is ended.</summary>
    public void Leave(PartMessage message, bool isDone)
    {
        lock (_gate)
        {
            var turn = _turns[message.Turn];
            Add(turn, message, -1);
            if (isDone)
                turn.MovedAt = time.GetTimestamp();
            if (turn is { Count: 0, Aside.Count: 0 })
                _turns.Remove(message.Turn);
        }
    }

    /// <summary>What is to be begun now because everything came by, or because what should come before it does not come.</summary>
    public IReadOnlyList<TakenMessage> Due()
    {
        lock (_gate)
        {
            var begun = new List<TakenMessage>();
            foreach (var turn in _turns.Values.Where(turn => turn.Aside.Count > 0))
            {
                if (time.GetElapsedTime(turn.SeenAt) > LongestWait)
                    turn.Aside.IntersectWith(turn.Held.Keys);
                begun.AddRange(Release(turn));
            }

            return begun;
        }
    }

    private bool IsRoom(Turn turn, int size) =>
        turn.Count == 0 || (turn.Count < RoomOf(turn) && turn.Bytes + size <= (MostBytes - _bytes) / 4);

    /// <summary>A fifth of what others leave is a quarter of what is left when it has it all.</summary>
    private int RoomOf(Turn turn) => (Window - (_count - turn.Count)) / 5;

    /// <summary>The last of what is held, if it comes after this place: it is put aside instead, so that what is held are the next ones in the end.</summary>
    private TakenMessage? Exchanged(Turn turn, long place)
    {
        if (turn.Held.Count == 0 || turn.Held.Keys[^1] < place)
            return null;
        var last = turn.Held.Values[^1];
        turn.Held.RemoveAt(turn.Held.Count - 1);
        Add(turn, last.Message, -1);
        _held--;
        return last;
    }

    /// <summary>What was held and has its turn.</summary>
    private List<TakenMessage> Release(Turn turn)
    {
        var released = new List<TakenMessage>();
        while (!IsSettling && turn.Aside.Count > 0 && turn.Held.Remove(turn.Aside.Min, out var held))
        {
            _held--;
            Begun(turn, held.Message.Place);
            released.Add(held);
        }

        return released;
    }

    private void Begun(Turn turn, long? place)
    {
        if (turn.Aside.Remove(place ?? 0))
            turn.SeenAt = time.GetTimestamp();
    }

    private void Add(Turn turn, PartMessage message, int count)
    {
        var bytes = count * message.Part.Body.Length;
        (_count, _bytes) = (_count + count, _bytes + bytes);
        (turn.Count, turn.Bytes) = (turn.Count + count, turn.Bytes + bytes);
    }

    /// <summary>Later than that of any node that worked this queue before.</summary>
    private long NextPlace() => _lastPlace = Math.Max(_lastPlace + 1, time.GetUtcNow().UtcTicks);

    private sealed class Turn
    {
        public int Count { get; set; }

        public long Bytes { get; set; }

        /// <summary>The places of what was put aside and was not begun since.</summary>
        public SortedSet<long> Aside { get; } = [];

        /// <summary>By its place, what came back before its turn.</summary>
        public SortedList<long, TakenMessage> Held { get; } = [];

        /// <summary>When something of it was ended last.</summary>
        public long MovedAt { get; set; }

        /// <summary>When the first of what was put aside came by last, or became the first.</summary>
        public long SeenAt { get; set; }
    }
}

/// <summary>A part that the broker handed over.</summary>
/// <param name="Message">The part.</param>
/// <param name="Tag">By which it is acknowledged.</param>
internal readonly record struct TakenMessage(PartMessage Message, ulong Tag);
