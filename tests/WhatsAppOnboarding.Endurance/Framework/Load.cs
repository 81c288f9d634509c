using System.Diagnostics;

namespace WhatsAppOnboarding.Endurance.Framework;

/// <summary>What a round of load came to.</summary>
/// <param name="PerSecond">Requests per second.</param>
/// <param name="BytesPerRequest">What the whole process allocated for each; the client's part is next to nothing.</param>
internal sealed record Load(double PerSecond, double BytesPerRequest)
{
    /// <summary>Sends so many requests over so many connections; every answer must be 200.</summary>
    public static async Task<Load> RunAsync(int port, int connections, int requests, Func<int, ReadOnlyMemory<byte>> request)
    {
        var next = -1;
        var clients = Enumerable.Range(0, connections).Select(_ => new LoadClient(port)).ToArray();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(clients.Select(async client =>
        {
            await Task.Yield();
            int index;
            while ((index = Interlocked.Increment(ref next)) < requests)
            {
                var status = await client.SendAsync(request(index));
                if (status != 200)
                    throw new InvalidOperationException($"A delivery was answered {status}.");
            }
        }));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var load = new Load(requests / elapsed.TotalSeconds, (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)requests);
        foreach (var client in clients)
            client.Dispose();
        return load;
    }
}
