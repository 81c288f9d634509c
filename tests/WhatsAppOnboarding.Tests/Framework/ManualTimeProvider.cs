namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>A clock that stands still until a test moves it. Timers fire while it is moved, on the test's own thread.</summary>
public sealed class ManualTimeProvider : TimeProvider
{
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
        while (TakeDue(end) is { } timer)
            timer.Fire();
        lock (_lock)
            _now = end;
    }

    /// <summary>Waits for work that pauses, skipping pauses that are shorter than the given time: limits that lie further ahead never strike.</summary>
    public async Task<T> SkipPausesAsync<T>(Task<T> work, TimeSpan shorterThan)
    {
        while (!work.IsCompleted)
        {
            if (NextWithin(shorterThan) is { } pause)
                Advance(pause);
            else
                await Task.Delay(1, TestContext.Current.CancellationToken);
        }

        return await work;
    }

    /// <summary>Waits until work has come to a pause shorter than the given time, or to its end.</summary>
    public async Task UntilPausedAsync(Task work, TimeSpan shorterThan)
    {
        while (!work.IsCompleted && NextWithin(shorterThan) is null)
            await Task.Delay(1, TestContext.Current.CancellationToken);
    }

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
