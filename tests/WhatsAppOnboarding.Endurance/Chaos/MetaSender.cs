using System.Net.Sockets;
using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>
/// Sends each delivery again until it is answered 200, as Meta does, only without the hours in between; some it sends once more after that. To the nodes by turns. Over one connection
/// each waits for the answer to the one before.
/// </summary>
internal sealed class MetaSender(IReadOnlyList<HostProcess> nodes, IReadOnlyList<ChaosDelivery> deliveries, int connections)
{
    private const int EveryHowManyTwice = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private int _next = -1;
    private int _acknowledged;
    private long _tries;

    /// <summary>How many deliveries were answered 200.</summary>
    public int Acknowledged => _acknowledged;

    /// <summary>How many posts that took.</summary>
    public long Tries => _tries;

    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, connections).Select(connection => Task.Run(() => SendAllAsync(connection, cancellationToken), CancellationToken.None)));

    private async Task SendAllAsync(int turn, CancellationToken cancellationToken)
    {
        var clients = new LoadClient?[nodes.Count];
        int index;
        while ((index = Interlocked.Increment(ref _next)) < deliveries.Count && !cancellationToken.IsCancellationRequested)
        {
            while (!await TrySendAsync(clients, turn++ % nodes.Count, deliveries[index].Request))
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (cancellationToken.IsCancellationRequested)
                    return;
            }

            Interlocked.Increment(ref _acknowledged);
            if (index % EveryHowManyTwice == 0)
                await TrySendAsync(clients, turn++ % nodes.Count, deliveries[index].Request);
        }

        foreach (var client in clients)
            client?.Dispose();
    }

    private async Task<bool> TrySendAsync(LoadClient?[] clients, int node, ReadOnlyMemory<byte> post)
    {
        if (nodes[node].Port is var port && port == 0)
            return false;
        try
        {
            Interlocked.Increment(ref _tries);
            return await (clients[node] ??= new LoadClient(port)).SendAsync(post) == 200;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            clients[node]?.Dispose();
            clients[node] = null;
            return false;
        }
    }
}
