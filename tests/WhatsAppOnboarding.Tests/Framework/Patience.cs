using System.Diagnostics;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>
/// The bound of a loop that waits for something: when it never happens, the test fails with its name within seconds of real time, and does not turn
/// for ever with a clock of its own.
/// </summary>
/// <param name="what">What is waited for.</param>
/// <param name="limit">The real time that it may take; 10 seconds when null.</param>
/// <param name="maxTurns">How often the loop may turn.</param>
public sealed class Patience(string what, TimeSpan? limit = null, int maxTurns = int.MaxValue)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(10);

    private readonly long _started = Stopwatch.GetTimestamp();
    private int _turns;

    /// <summary>One more turn; fails the test when it is one too many.</summary>
    public void Turn()
    {
        if (++_turns > maxTurns)
            Assert.Fail($"{what}: not after {maxTurns} turns");
        if (Stopwatch.GetElapsedTime(_started) > (limit ?? Usual))
            Assert.Fail($"{what}: not within {limit ?? Usual:g}");
    }

    /// <summary>One more turn, and a moment for what runs beside the test.</summary>
    public Task TurnAsync()
    {
        Turn();
        return Task.Delay(1, TestContext.Current.CancellationToken);
    }
}
