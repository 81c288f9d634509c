using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using WhatsAppOnboarding.Endurance.Framework;

namespace WhatsAppOnboarding.Endurance.Fuzz;

/// <summary>Throws spoilt bodies and hostile requests at a running host, and sees what it answers and whether it is still well.</summary>
internal sealed class FuzzRun(int seed)
{
    private const int Connections = 16;
    private const long Megabyte = 1024 * 1024;

    private readonly ConcurrentDictionary<int, long> _answers = new();
    private readonly ConcurrentQueue<string> _unexpected = new();

    /// <summary>How often each status was answered; 0 is a connection that was closed without an answer.</summary>
    public IReadOnlyDictionary<int, long> Answers => _answers;

    /// <summary>What should not have happened, each with what to repeat it by.</summary>
    public IReadOnlyCollection<string> Unexpected => _unexpected;

    /// <summary>How much more the process holds after the run than after a twentieth of it.</summary>
    public long GrowthInMegabytes { get; private set; }

    public async Task RunAsync(int bodies, int hostile)
    {
        await using var app = await Hosts.StartLibraryAsync<ReadingHandler>(
            settings: new() { ["WhatsAppOnboarding:Webhooks:RoutingCacheLife"] = "00:00:00.1" }, prepare: services => Hosts.HoldAsync(services, "acme"));
        var port = Hosts.PortOf(app);
        await BodiesAsync(port, 0, bodies / 20);
        await HostileAsync(port, 0, hostile / 20);
        var before = Held();
        await BodiesAsync(port, bodies / 20, bodies);
        await HostileAsync(port, hostile / 20, hostile);
        GrowthInMegabytes = (Held() - before) / Megabyte;

        using var client = new LoadClient(port);
        if (await client.SendAsync(Post.Signed(Bodies.Messages(1))) is not 200 and var status)
            _unexpected.Enqueue($"A sound delivery was answered {status} afterwards.");
    }

    private static long Held()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private Task BodiesAsync(int port, int from, int to) => EachAsync(from, to, () => new LoadClient(port), async (client, index) =>
    {
        var random = new Random(SeedOf(index));
        var body = Mutation.Of(Corpus.Bodies[random.Next(Corpus.Bodies.Length)], random);
        Note(await client.SendAsync(Post.Signed(body)), $"body {index} of seed {seed}");
    });

    private Task HostileAsync(int port, int from, int to) => EachAsync(from, to, () => new Nothing(), async (_, index) =>
    {
        var request = HostileRequest.Next(index, new Random(SeedOf(index)));
        var what = $"request {index} of seed {seed}: {request.Name}";
        var status = await HostileClient.SendAsync(port, request);
        Note(status, what);
        if (status is >= 200 and < 300 && !request.IsSigned)
            _unexpected.Enqueue($"{what} was answered {status} although nobody signed it.");
    });

    private int SeedOf(int index) => unchecked((seed * 1_000_003) ^ index);

    private void Note(int status, string what)
    {
        _answers.AddOrUpdate(status, 1, (_, count) => count + 1);
        if (status is >= 500 and not 503)
            _unexpected.Enqueue($"{what} was answered {status}.");
    }

    private async Task EachAsync<TClient>(int from, int to, Func<TClient> connect, Func<TClient, int, Task> send)
        where TClient : IDisposable
    {
        var next = from - 1;
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(async () =>
        {
            using var client = connect();
            int index;
            while ((index = Interlocked.Increment(ref next)) < to)
            {
                try
                {
                    await send(client, index);
                }
                catch (Exception exception)
                {
                    _unexpected.Enqueue($"{index} of seed {seed}: {exception.GetType().Name}: {exception.Message}");
                    return;
                }
            }
        })));
    }

    private sealed class Nothing : IDisposable
    {
        public void Dispose()
        {
        }
    }
}
