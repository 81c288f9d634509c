using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>Delivers to nodes whose handlers fail and hang and which are killed by turns, and counts what is there in the end.</summary>
internal sealed class ChaosRun(string database)
{
    public const int Nodes = 2;

    private const int Connections = 16;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan PatienceAfterwards = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RestartTime = TimeSpan.FromMinutes(2);

    /// <summary>How the nodes take deliveries.</summary>
    public string Intake { get; init; } = ChaosHost.Inbox;

    /// <summary>More than an item fails by chance; each costs the run a repeat, and those come ever later.</summary>
    public int ParkAfterFailures { get; init; } = 4;

    public int DeliverySeconds { get; init; } = 3;

    /// <summary>Restarts the database, half way; null when it is not restarted.</summary>
    public string? RestartCommand { get; init; }

    /// <summary>Measured before the kills, if it is to be.</summary>
    public ChaosNeighbours? Neighbours { get; init; }

    /// <summary>Deliveries that were answered 200.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Posts that this took.</summary>
    public long Tries { get; private set; }

    public async Task<ChaosCount> RunAsync(int deliveries, int kills)
    {
        await using (var context = EnduranceContext.Open(database))
            await context.Database.EnsureCreatedAsync();
        string[] command = [ChaosHost.Command, database, Intake, ParkAfterFailures.ToString(CultureInfo.InvariantCulture), DeliverySeconds.ToString(CultureInfo.InvariantCulture)];
        using var patience = new CancellationTokenSource(Patience);
        if (Neighbours is not null)
            await Neighbours.RunAsync(command, patience.Token);

        var plan = ChaosDelivery.Plan(deliveries);
        ChaosDelivery[] inOrder = [.. plan[ChaosTenants.InOrder]];
        ChaosDelivery[] others = [.. plan.Where(tenant => tenant.Key != ChaosTenants.InOrder).SelectMany(tenant => tenant.Index()).OrderBy(one => one.Index).Select(one => one.Item)];
        List<ChaosItem> items = [.. inOrder.Concat(others).Concat(Neighbours?.Sent ?? []).SelectMany(delivery => delivery.Items)];
        HostProcess[] nodes = [.. Enumerable.Range(0, Nodes).Select(_ => new HostProcess(command))];
        try
        {
            foreach (var node in nodes)
                await node.StartAsync();
            MetaSender[] senders = [new(nodes, inOrder, connections: 1), new(nodes, others, Connections)];
            var sending = Task.WhenAll(senders.Select(sender => sender.RunAsync(patience.Token)));
            await KillAsync(nodes, kills, inOrder.Concat(others).Sum(delivery => delivery.Items.Count), patience.Token);
            await sending;
            (Acknowledged, Tries) = (senders.Sum(sender => sender.Acknowledged), senders.Sum(sender => sender.Tries));
            await WorkedOffAsync(items.Count);
        }
        finally
        {
            foreach (var node in nodes)
                node.Dispose();
        }

        return await ChaosCount.ReadAsync(database, items, inOrder);
    }

    /// <summary>In the middle of the work, wherever that is on this machine.</summary>
    private async Task KillAsync(HostProcess[] nodes, int kills, int items, CancellationToken cancellationToken)
    {
        await using var context = EnduranceContext.Open(database);
        var before = await context.Effects.CountAsync(cancellationToken);
        for (var kill = 1; kill <= kills; kill++)
        {
            while (await context.Effects.CountAsync(cancellationToken) - before < (long)items * kill / (kills + 1))
                await Task.Delay(50, cancellationToken);
            if (kill == (kills + 1) / 2 && RestartCommand is not null)
                await RestartAsync(RestartCommand);
            var node = nodes[kill % nodes.Length];
            node.Kill();
            await node.StartAsync();
        }
    }

    private static async Task RestartAsync(string command)
    {
        using var process = Process.Start("/bin/sh", ["-c", command]);
        using var limit = new CancellationTokenSource(RestartTime);
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The database could not be restarted: exit code {process.ExitCode}.");
    }

    /// <summary>Until the inbox is empty; what waits at a broker shows by the items that have not come to an end.</summary>
    private async Task WorkedOffAsync(int items)
    {
        var began = Stopwatch.GetTimestamp();
        await using var context = EnduranceContext.Open(database);
        while (Stopwatch.GetElapsedTime(began) < PatienceAfterwards
            && (await ChaosCount.LeftAsync(context) > 0 || (Intake != ChaosHost.Inbox && await ChaosCount.EndedAsync(context) < items)))
        {
            await Task.Delay(100);
        }
    }
}
