using System.Collections.Concurrent;
using System.Net.Sockets;
using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>Sends each delivery again until it is answered 200, as Meta does, only without the hours in between; some it sends once more after that.</summary>
internal sealed class MetaSender(HostProcess host, IReadOnlyList<ReadOnlyMemory<byte>> deliveries)
{
    private const int Connections = 16;
    private const int EveryHowManyTwice = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentQueue<int> _due = new(Enumerable.Range(0, deliveries.Count));
    private int _acknowledged;
    private long _tries;

    /// <summary>How many deliveries were answered 200.</summary>
    public int Acknowledged => _acknowledged;

    /// <summary>How many posts that took.</summary>
    public long Tries => _tries;

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(
        async () =>
        {
            LoadClient? client = null;
            while (_acknowledged < deliveries.Count && !cancellationToken.IsCancellationRequested)
            {
                if (host.Port == 0 || !_due.TryDequeue(out var delivery))
                {
                    await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    continue;
                }

                client = await SendAsync(client, delivery);
            }

            client?.Dispose();
        },
        CancellationToken.None)));

    private async Task<LoadClient?> SendAsync(LoadClient? client, int delivery)
    {
        var acknowledged = false;
        try
        {
            client ??= new LoadClient(host.Port);
            Interlocked.Increment(ref _tries);
            acknowledged = await client.SendAsync(deliveries[delivery]) == 200;
            if (acknowledged && delivery % EveryHowManyTwice == 0)
                await client.SendAsync(deliveries[delivery]);
            return client;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            client?.Dispose();
            return null;
        }
        finally
        {
            if (acknowledged)
                Interlocked.Increment(ref _acknowledged);
            else
                _due.Enqueue(delivery);
        }
    }
}
