using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Bench;

/// <summary>Deliveries per second of the library's endpoint against a bare one, by turns in the same run.</summary>
internal static class EndpointBench
{
    private const int WarmUp = 3;
    private const int Rounds = 9;
    private const int Connections = 16;
    private const int Requests = 20_000;

    /// <summary>A no-op handler, a warm cache, no ledger.</summary>
    public static async Task<IReadOnlyList<Result>> RunAsync()
    {
        await using var bare = await Hosts.StartBareAsync();
        await using var library = await Hosts.StartLibraryAsync<NoOpHandler>(
            settings: new() { ["WhatsAppOnboarding:Webhooks:UseLedger"] = "false" }, prepare: services => Hosts.HoldAsync(services, "acme"));
        ReadOnlyMemory<byte> request = Post.Signed(Bodies.Messages(1));
        var (bareRounds, libraryRounds) = (new List<Load>(), new List<Load>());
        for (var round = 0; round < WarmUp + Rounds; round++)
        {
            var first = await Load.RunAsync(Hosts.PortOf(bare), Connections, Requests, _ => request);
            var second = await Load.RunAsync(Hosts.PortOf(library), Connections, Requests, _ => request);
            if (round < WarmUp)
                continue;
            bareRounds.Add(first);
            libraryRounds.Add(second);
        }

        var ratio = Median(bareRounds.Zip(libraryRounds, (one, other) => other.PerSecond / one.PerSecond));
        return
        [
            Result.AtLeast(
                "endpoint against a bare one", ratio,
                $"times ({Median(libraryRounds.Select(load => load.PerSecond)):N0}/s, {Median(bareRounds.Select(load => load.PerSecond)):N0}/s)", 0.7),
            Result.AtMost("endpoint memory of a delivery", Median(libraryRounds.Select(load => load.BytesPerRequest)), "bytes", 6 * 1024),
        ];
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
