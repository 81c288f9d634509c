using WhatsAppOnboarding.Tests.Framework;
using Xunit.Sdk;

namespace WhatsAppOnboarding.Tests.Conventions;

/// <summary>A wait for what never happens ends, whatever the clock of the test says.</summary>
public sealed class PatienceTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _clock = new(Short);
    private readonly Task<int> _never = new TaskCompletionSource<int>().Task;

    [Fact]
    public async Task Work_that_never_ends_and_never_pauses_fails_the_test()
    {
        await ShouldFailAsync("the end of the work", () => _clock.SkipPausesAsync(_never, Second));
        await ShouldFailAsync("the end of the work", () => _clock.AdvanceUntilAsync(_never, Second));
        await ShouldFailAsync("a pause of the work", () => _clock.UntilPausedAsync(_never, Second));
    }

    [Fact]
    public async Task Work_that_pauses_for_ever_fails_the_test()
    {
        await using var timer = _clock.CreateTimer(_ => { }, null, Short, Short);

        await ShouldFailAsync("the last pause of the work", () => _clock.SkipPausesAsync(_never, Second));
    }

    [Fact]
    public async Task A_timer_that_is_due_again_at_once_fails_the_test()
    {
        ITimer? timer = null;
        timer = _clock.CreateTimer(_ => timer!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan), null, Short, Timeout.InfiniteTimeSpan);

        await ShouldFailAsync("the end of the timers that are due", () => Task.Run(() => _clock.Advance(Second)));
        await timer.DisposeAsync();
    }

    [Fact]
    public async Task What_happens_in_time_is_waited_for()
    {
        var clock = new ManualTimeProvider();
        var done = new TaskCompletionSource<int>();
        await using var timer = clock.CreateTimer(_ => done.TrySetResult(7), null, Second, Timeout.InfiniteTimeSpan);

        (await clock.SkipPausesAsync(done.Task, Second + Short)).ShouldBe(7);
        clock.GetTimestamp().ShouldBe(new ManualTimeProvider().GetTimestamp() + Second.Ticks);
    }

    private static async Task ShouldFailAsync(string what, Func<Task> wait) =>
        (await Should.ThrowAsync<FailException>(wait().WaitAsync(TimeSpan.FromSeconds(10)))).Message.ShouldStartWith(what);
}
