using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Bench;

/// <summary>Deliveries per second of the library's endpoint against a bare one, by turns in the same run.</summary>
internal static class EndpointBench
{
    private const int WarmUp = 3;
    private const int Rounds = 9;
    private const int Connections = 16;

    /// <summary>A no-op handler, a warm cache, no ledger.</summary>
    public static async Task RunAsync(int requests)
    {
        await using var bare = await Hosts.StartBareAsync();
        await using var library = await Hosts.StartLibraryAsync<NoOpHandler>(
            settings: new() { ["WhatsAppOnboarding:Webhooks:UseLedger"] = "false" }, prepare: services => Hosts.HoldAsync(services, "acme"));
        ReadOnlyMemory<byte> request = Post.Signed(Bodies.Messages(1));
        await CompareAsync("ledger off", bare, library, requests, _ => request);
    }

    /// <summary>The same with the ledger on PostgreSQL, where every delivery is a new one.</summary>
    public static async Task RunWithLedgerAsync(string database, int requests)
    {
        await using var bare = await Hosts.StartBareAsync();
        await using var library = await Hosts.StartLibraryAsync<NoOpHandler>(
            library =>
            {
                library.Services.Configure<WhatsAppOnboardingOptions>(options => options.Webhooks.UseInbox = false);
                library.Services.AddDbContextPool<EnduranceContext>(options => EnduranceContext.Use(options, database));
                library.AddEntityFrameworkStores<EnduranceContext>();
            },
            prepare: async services =>
            {
                await using (var scope = services.CreateAsyncScope())
                    await scope.ServiceProvider.GetRequiredService<EnduranceContext>().Database.EnsureCreatedAsync();
                await Hosts.HoldAsync(services, "acme");
            });
        var round = 0;
        ReadOnlyMemory<byte>[] posts = [];
        await CompareAsync("ledger on PostgreSQL", bare, library, requests, index => posts[index], () =>
        {
            round++;
            posts = [.. Enumerable.Range(0, requests).Select(index => (ReadOnlyMemory<byte>)Post.Signed(Bodies.Messages(1, $"{round}-{index}-")))];
        });
    }

    private static async Task CompareAsync(
        string name, WebApplication bare, WebApplication library, int requests, Func<int, ReadOnlyMemory<byte>> request, Action? prepare = null)
    {
        var (bareRounds, libraryRounds) = (new List<Load>(), new List<Load>());
        for (var round = 0; round < WarmUp + Rounds; round++)
        {
            prepare?.Invoke();
            var first = await Load.RunAsync(Hosts.PortOf(bare), Connections, requests, request);
            var second = await Load.RunAsync(Hosts.PortOf(library), Connections, requests, request);
            if (round < WarmUp)
                continue;
            bareRounds.Add(first);
            libraryRounds.Add(second);
        }

        var ratio = Median(bareRounds.Zip(libraryRounds, (one, other) => other.PerSecond / one.PerSecond));
        Console.WriteLine(
            $"{name}: bare {Median(bareRounds.Select(load => load.PerSecond)):N0}/s, library {Median(libraryRounds.Select(load => load.PerSecond)):N0}/s, "
            + $"ratio {ratio:F2}, {Median(libraryRounds.Select(load => load.BytesPerRequest)):N0} bytes a delivery");
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
