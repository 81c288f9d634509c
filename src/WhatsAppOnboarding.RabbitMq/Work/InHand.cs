using WhatsAppOnboarding.RabbitMq.Broker;

namespace WhatsAppOnboarding.RabbitMq.Work;

/// <summary>
/// What this node has of one queue and has not ended. A number has a quarter of the room that is left at most, so that those behind it are reached, however much waits before them; what is
/// more is put aside, and what came later of that number then waits for it, so that they are worked in order all the same.
/// </summary>
internal sealed class InHand(TimeProvider time)
{
    /// <summary>How much the broker hands over before something of it is ended.</summary>
    public const int Window = 800;

    private const long MostBytes = 16 * 1024 * 1024;

    /// <summary>How long what comes later of a number waits for what was put aside and does not come: somebody may have emptied a queue.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);
    private int _count;
    private long _bytes;
    private long _lastPlace;

    /// <summary>Takes a part into hand, to be left; or gives it its place among what is put aside.</summary>
    /// <param name="message">The part.</param>
    /// <param name="aside">As it is to be put aside.</param>
    /// <param name="isMoving">Whether something of its number was ended just now, so that there will soon be room.</param>
    public bool TryEnter(PartMessage message, out PartMessage aside, out bool isMoving)
    {
        lock (_gate)
        {
            if (!_turns.TryGetValue(message.Turn, out var turn))
                _turns[message.Turn] = turn = new Turn { MovedAt = time.GetTimestamp() };
            if (turn.Aside.Count > 0 && time.GetElapsedTime(turn.MovedAt) > LongestWait)
                turn.Aside.Clear();
            (aside, isMoving) = (message, time.GetElapsedTime(turn.MovedAt) < Moment);

            // What failed has lost its place already.
            var isNext = message.Failures > 0 || turn.Aside.Count == 0 || message.Place <= turn.Aside.Min;
            if (isNext && IsRoom(turn, message.Part.Body.Length))
            {
                turn.Aside.Remove(message.Place ?? 0);
                Add(turn, message, 1);
                return true;
            }

            if (message.Failures == 0)
            {
                aside = message with { Place = message.Place ?? NextPlace() };
                turn.Aside.Add(aside.Place.Value);
            }

            return false;
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

    private bool IsRoom(Turn turn, int size) =>
        turn.Count == 0 || (turn.Count < (Window - _count) / 4 && turn.Bytes + size <= (MostBytes - _bytes) / 4);

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

        /// <summary>The places of what was put aside and did not come back yet.</summary>
        public SortedSet<long> Aside { get; } = [];

        /// <summary>When something of it was ended last.</summary>
        public long MovedAt { get; set; }
    }
}
