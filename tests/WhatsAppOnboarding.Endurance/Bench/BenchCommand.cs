using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Bench;

/// <summary>Measures the endpoint against a bare one in the same run.</summary>
internal static class BenchCommand
{
    private const int WarmUp = 3;
    private const int Rounds = 9;
    private const int Connections = 16;

    public static async Task<int> RunAsync(string[] args)
    {
        var requests = args is [var given, ..] ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 30_000;
        Console.WriteLine($"parsing {ParsingBench.MegabytesPerSecond():N0} MB/s");
        await EndpointAsync(requests);
        return 0;
    }

    private static async Task EndpointAsync(int requests)
    {
        await using var bare = await Hosts.StartBareAsync();
        await using var library = await Hosts.StartLibraryAsync<NoOpHandler>(
            settings: new() { ["WhatsAppOnboarding:Webhooks:UseLedger"] = "false" }, prepare: services => Hosts.HoldAsync(services, "acme"));
        ReadOnlyMemory<byte> request = Post.Signed(Bodies.Messages(1));
        var ratios = new List<double>();
        for (var round = 0; round < WarmUp + Rounds; round++)
        {
            var first = await Load.RunAsync(Hosts.PortOf(bare), Connections, requests, _ => request);
            var second = await Load.RunAsync(Hosts.PortOf(library), Connections, requests, _ => request);
            if (round < WarmUp)
                continue;
            ratios.Add(second.PerSecond / first.PerSecond);
            Console.WriteLine($"bare {first.PerSecond:N0}/s {first.BytesPerRequest:N0} B; library {second.PerSecond:N0}/s {second.BytesPerRequest:N0} B; ratio {ratios[^1]:F2}");
        }

        Console.WriteLine($"median ratio {ratios.Order().ElementAt(ratios.Count / 2):F2}");
    }
}
