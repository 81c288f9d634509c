using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Journey;

/// <summary>Many accounts at once, which takes the machine for itself: only in a build with <c>-p:LongTests=true</c>, and in Release.</summary>
/// <remarks>Host, emulator and clients are one process here. How long it takes is printed, for other work on the machine shows in it; what it costs is checked.</remarks>
public sealed class CrowdTests(ITestOutputHelper output)
{
    private const int Accounts = 500;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Five_hundred_connects_at_once_need_no_more_of_the_cores_than_three_times_what_Meta_alone_lets_them_wait()
    {
        await using var host = await Crowd.StartAsync();
        for (var round = 0; round < 5; round++)
            await Crowd.ConnectAsync(host, $"warm-{round}", Accounts, atOnce: Accounts);
        host.Meta.Service.SlowDown(Latency);
        host.Meta.Calls.Clear();
        await Crowd.ConnectAsync(host, "alone", 1, atOnce: 1);
        var forced = host.Meta.Calls.LongestChain() * Latency;

        var least = TimeSpan.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var (elapsed, cpu, allocated) = await Crowd.ConnectAsync(host, $"crowd-{round}", Accounts, atOnce: Accounts);
            output.WriteLine(
                $"Meta alone forces {forced.TotalMilliseconds:N0} ms, {Accounts} at once took {elapsed.TotalMilliseconds:N0} ms, ratio {elapsed / forced:N2}, {cpu.TotalMilliseconds / Accounts:N2} ms of CPU and {allocated / Accounts / 1024} KB each");
            least = cpu < least ? cpu : least;
        }

        (least / Environment.ProcessorCount).ShouldBeLessThan(3 * forced, "in the round that other work disturbed least");
    }

    [Fact]
    public async Task A_connect_allocates_no_more_the_more_accounts_there_are()
    {
        await using var host = await Crowd.StartAsync();
        await Crowd.ConnectAsync(host, "warm", 100, atOnce: 1);
        var few = await Crowd.ConnectAsync(host, "few", 100, atOnce: 1);
        await Crowd.ConnectAsync(host, "fill", 1_700, atOnce: 1);
        var many = await Crowd.ConnectAsync(host, "many", 100, atOnce: 1);

        output.WriteLine($"{few.Allocated / 100 / 1024} KB each after 100 accounts, {many.Allocated / 100 / 1024} KB each after 1,900");
        many.Allocated.ShouldBeLessThan(few.Allocated * 5 / 4);
    }
}
