namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>A clock that stands still until a test moves it. Timers fire while it is moved, on the test's own thread.</summary>
/// <param name="patience">The real time after which waiting for something ends the test; 10 seconds when null.</param>
public sealed class ManualTimeProvider(TimeSpan? patience = null) : TimeProvider
{
    /// <summary>More pauses than any work of the library has.</summary>
    private const int MaxPauses = 10_000;

    /// <summary>More timers than any test lets fire: a week of five minutes has some 2,000.</summary>
    private const int MaxTimers = 100_000;

    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock on, stopping at each timer on the way.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetUtcNow() + by;
        // Days of five minutes, each with its work, take their time; what never ends turns faster than that.
        var left = new Patience("the end of the timers that are due", patience ?? TimeSpan.FromSeconds(60), MaxTimers);
        while (TakeDue(end) is { } timer)
        {
            left.Turn();
            timer.Fire();
        }

        lock (_lock)
            _now = end;
    }

    /// <summary>Moves the clock on at once, as for a machine that slept: each timer that became due meanwhile fires once.</summary>
    public void Sleep(TimeSpan duration)
    {
        lock (_lock)
        {
            _now += duration;
            foreach (var timer in _timers.Where(timer => timer.Due < _now))
                timer.Due = _now;
        }

        Advance(TimeSpan.Zero);
    }

    /// <summary>Moves the clock on, step by step, until work is done: for a limit that must strike.</summary>
    public async Task<T> AdvanceUntilAsync<T>(Task<T> work, TimeSpan step)
    {
        var left = Wait("the end of the work");
        while (!work.IsCompleted)
        {
            Advance(step);
            await left.TurnAsync();
        }

        return await work;
    }

    /// <summary>Waits for work that pauses, skipping pauses that are shorter than the given time: limits that lie further ahead never strike.</summary>
    public async Task<T> SkipPausesAsync<T>(Task<T> work, TimeSpan shorterThan)
    {
        var (left, pauses) = (Wait("the end of the work"), Wait("the last pause of the work", MaxPauses));
        while (!work.IsCompleted)
        {
            if (NextWithin(shorterThan) is { } pause)
            {
                pauses.Turn();
                Advance(pause);
            }
            else
            {
                await left.TurnAsync();
            }
        }

        return await work;
    }

    /// <summary>Waits until work has come to a pause shorter than the given time, or to its end.</summary>
    public async Task UntilPausedAsync(Task work, TimeSpan shorterThan)
    {
        var left = Wait("a pause of the work");
        while (!work.IsCompleted && NextWithin(shorterThan) is null)
            await left.TurnAsync();
    }

    private Patience Wait(string what, int maxTurns = int.MaxValue) => new(what, patience, maxTurns);

    private TimeSpan? NextWithin(TimeSpan limit)
    {
        lock (_lock)
        {
            var next = _timers.Min(timer => timer.Due) - _now;
            return next < limit ? next : null;
        }
    }

    private ManualTimer? TakeDue(DateTimeOffset end)
    {
        lock (_lock)
        {
            var timer = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            if (timer is not { Due: { } due })
                return null;
            _now = due > _now ? due : _now;
            timer.Due = timer.Period > TimeSpan.Zero ? due + timer.Period : null;
            return timer;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider clock, Action callback) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                Period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock._now + dueTime;
                if (Due is not null)
                    clock._timers.Add(this);
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
