using System.Diagnostics;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>Waits for what happens beside a test, and fails instead of waiting for ever.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Patience, what);
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
