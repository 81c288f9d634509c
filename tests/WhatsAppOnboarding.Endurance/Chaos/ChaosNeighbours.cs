using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>How long healthy tenants wait for their effects, alone and beside one tenant that hangs on everything and one that fails on everything.</summary>
internal sealed class ChaosNeighbours
{
    private const int QueuedEach = 1_000;
    private const int Measured = 400;
    private const int PerSecond = 50;
    private const int Connections = 16;

    /// <summary>Less than this is as good as nothing: on a machine with other work its noise would decide.</summary>
    private const double Floor = 50;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, long> _committed = [];

    /// <summary>The 95th of 100 times from sending to the committed effect, in milliseconds, with nobody beside.</summary>
    public double Quiet { get; private set; }

    /// <summary>The same beside both.</summary>
    public double Beside { get; private set; }

    /// <summary>How many times as long it is beside both.</summary>
    public double Ratio => Math.Max(Beside, Floor) / Math.Max(Quiet, Floor);

    /// <summary>What was sent. Nodes that are killed in the end leave much of it to those that come after them.</summary>
    public List<ChaosDelivery> Sent { get; } = [];

    public async Task RunAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        HostProcess[] nodes = [.. Enumerable.Range(0, ChaosRun.Nodes).Select(_ => new HostProcess([.. command, ChaosHost.Neighbours]) { Says = Note })];
        try
        {
            foreach (var node in nodes)
                await node.StartAsync();
            await MeasureAsync(nodes, "warm");
            Quiet = await MeasureAsync(nodes, "quiet");
            ChaosDelivery[] queued =
            [
                .. Enumerable.Range(0, 2 * QueuedEach).Select(index => ChaosDelivery.Single(index % 2 == 0 ? ChaosTenants.Hanging : ChaosTenants.Throwing, $"queued{index / 2}-")),
            ];
            Sent.AddRange(queued);
            await new MetaSender(nodes, queued, Connections).RunAsync(cancellationToken);
            Beside = await MeasureAsync(nodes, "beside");
        }
        finally
        {
            foreach (var node in nodes)
                node.Dispose();
        }
    }

    private async Task<double> MeasureAsync(HostProcess[] nodes, string id)
    {
        ChaosDelivery[] deliveries = [.. Enumerable.Range(0, Measured).Select(index => ChaosDelivery.Single(index % ChaosTenants.Healthy, $"{id}{index}-"))];
        Sent.AddRange(deliveries);
        LoadClient[] clients = [.. Enumerable.Range(0, Connections).Select(connection => new LoadClient(nodes[connection % nodes.Length].Port))];
        var (began, start, next) = (Stopwatch.GetTimestamp(), DateTime.UtcNow.Ticks, -1);
        await Task.WhenAll(clients.Select(async client =>
        {
            int index;
            while ((index = Interlocked.Increment(ref next)) < Measured)
            {
                // Each has its time, whether or not the one before was answered.
                if (DueAfter(index) - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } early)
                    await Task.Delay(early);
                while (await client.SendAsync(deliveries[index].Request) != 200)
                    await Task.Delay(20);
            }
        }));
        foreach (var client in clients)
            client.Dispose();
        while (deliveries.Any(delivery => !_committed.ContainsKey(delivery.Items[0].Key)) && Stopwatch.GetElapsedTime(began) < Patience)
            await Task.Delay(50);

        // What is not there by then took at least so long.
        var took = deliveries.Select((delivery, index) => TimeSpan.FromTicks(_committed.GetValueOrDefault(delivery.Items[0].Key, (start + Patience.Ticks)) - start) - DueAfter(index));
        return took.Order().ElementAt(Measured * 95 / 100).TotalMilliseconds;
    }

    private static TimeSpan DueAfter(int index) => TimeSpan.FromSeconds(index / (double)PerSecond);

    private void Note(string line)
    {
        if (line.Split(' ') is [var at, var key])
            _committed.TryAdd(key, long.Parse(at, CultureInfo.InvariantCulture));
    }
}
