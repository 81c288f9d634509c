using System.Diagnostics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WhatsAppOnboarding.EfCore.Inbox;
using WhatsAppOnboarding.Endurance.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Endurance.Bench;

/// <summary>How fast deliveries are taken durably, and worked. For PostgreSQL that writes to the disk; client, host and database share the machine.</summary>
internal sealed class InboxBench(string database)
{
    private const int Senders = 64;
    private const int Numbers = 64;
    private const int Rounds = 5;
    private const int Deliveries = 12_000;

    public async Task<IReadOnlyList<Result>> RunAsync()
    {
        await using (var context = EnduranceContext.Open(database))
            await context.Database.EnsureCreatedAsync();
        var (taken, single) = await TakingAsync();
        return
        [
            Result.AtLeast("inbox taken", taken, "deliveries/s", 6_000),
            Result.AtLeast("inbox taken against one row a commit", taken / single, $"times ({single:N0}/s)", 4),
            Result.Below("inbox p99 of the answer at half of that load", await LatencyAsync(taken / 2), "ms", 100),
            Result.Below("inbox answer to 3 MB with 1,000 updates beside a handler that hangs", await LargeAsync(), "ms", 1_000),
            Result.AtLeast("inbox worked with a handler that stages", await WorkingAsync(), "items/s", 2_000),
        ];
    }

    /// <summary>By turns in one run: together, and each in a commit of its own.</summary>
    private async Task<(double Together, double Single)> TakingAsync()
    {
        await using var together = await StartAsync<NoOpHandler>(works: false);
        await using var single = await StartAsync<NoOpHandler>(works: false, library => library.Services.AddSingleton<IWebhookIntake, SingleIntake>());
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++)
        {
            var one = await Load.RunAsync(Hosts.PortOf(together), Senders, Deliveries, Posts($"t{round}-", Deliveries));
            var other = await Load.RunAsync(Hosts.PortOf(single), Senders, Deliveries / 4, Posts($"s{round}-", Deliveries / 4));
            await ClearAsync();
            if (round == 0)
                continue;
            ours.Add(one.PerSecond);
            theirs.Add(other.PerSecond);
        }

        return (Median(ours), Median(theirs));
    }

    private async Task<double> LatencyAsync(double perSecond)
    {
        await using var app = await StartAsync<NoOpHandler>(works: false);
        await Load.RunAsync(Hosts.PortOf(app), Senders, Deliveries, Posts("w", Deliveries));
        var posts = Posts("l", Deliveries);
        var clients = Enumerable.Range(0, Senders).Select(_ => new LoadClient(Hosts.PortOf(app))).ToArray();
        var took = new double[Deliveries];
        var (began, next) = (Stopwatch.GetTimestamp(), -1);
        await Task.WhenAll(clients.Select(async client =>
        {
            int index;
            while ((index = Interlocked.Increment(ref next)) < Deliveries)
            {
                // Each has its time, whether or not the one before was answered: a server that stalls makes all wait that should have come meanwhile.
                var due = TimeSpan.FromSeconds(index / perSecond);
                if (due - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } early)
                    await Task.Delay(early);
                await client.SendAsync(posts(index));
                took[index] = (Stopwatch.GetElapsedTime(began) - due).TotalMilliseconds;
            }
        }));
        foreach (var client in clients)
            client.Dispose();
        await ClearAsync();
        return took.Order().ElementAt((int)(Deliveries * 0.99));
    }

    private async Task<double> LargeAsync()
    {
        await using var app = await StartAsync<HangingHandler>(works: true);
        using var client = new LoadClient(Hosts.PortOf(app));
        await client.SendAsync(Post.Signed(Body("first", Bodies.Number, 1_500)));
        var text = new string('x', 2_800);
        var changes = string.Join(',', Enumerable.Range(0, 1_000).Select(index =>
            $$$"""{"field":"messages","value":{"metadata":{"phone_number_id":"{{{Bodies.Number}}}"},"messages":[{"from":"16505551234","id":"wamid.large{{{index}}}","type":"text","text":{"body":"{{{text}}}"}}]}}"""));
        var post = Post.Signed(Encoding.UTF8.GetBytes($$"""{"entry":[{"id":"{{Bodies.Waba}}","changes":[{{changes}}]}]}"""));
        var began = Stopwatch.GetTimestamp();
        if (await client.SendAsync(post) != 200)
            throw new InvalidOperationException("The large delivery was refused.");
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await app.StopAsync();
        await ClearAsync();
        return took;
    }

    /// <summary>Takes first, with nobody at work; then a node works all of it.</summary>
    private async Task<double> WorkingAsync()
    {
        var rates = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            await using (var taking = await StartAsync<EffectHandler>(works: false))
                await Load.RunAsync(Hosts.PortOf(taking), Senders, Deliveries, Posts($"h{round}-", Deliveries));
            await using var working = await StartAsync<EffectHandler>(works: true);
            await using var context = EnduranceContext.Open(database);
            await UntilAsync(context, left => left < Deliveries);
            var (began, before) = (Stopwatch.GetTimestamp(), await context.Set<EfCore.Entities.InboxRow>().CountAsync());
            await UntilAsync(context, left => left == 0);
            rates.Add(before / Stopwatch.GetElapsedTime(began).TotalSeconds);
            await working.StopAsync();
        }

        return Median(rates);
    }

    private static async Task UntilAsync(EnduranceContext context, Func<int, bool> condition)
    {
        while (!condition(await context.Set<EfCore.Entities.InboxRow>().CountAsync()))
            await Task.Delay(50);
    }

    private Task<WebApplication> StartAsync<THandler>(bool works, Action<WhatsAppOnboardingBuilder>? configure = null)
        where THandler : class, IWebhookHandler => Hosts.StartLibraryAsync<THandler>(
        library =>
        {
            configure?.Invoke(library);
            library.Services.AddDbContextPool<EnduranceContext>(options => EnduranceContext.Use(options, database));
            library.AddEntityFrameworkStores<EnduranceContext>();
            if (!works)
                library.Services.Remove(library.Services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(InboxWorker)));
        },
        prepare: async services =>
        {
            for (var number = 0; number < Numbers; number++)
                await Hosts.HoldAsync(services, $"account-{number}", NumberOf(number), WabaOf(number));
            await Hosts.HoldAsync(services, "acme");
        });

    private static string NumberOf(int number) => $"{106000000001000 + number}";

    private static string WabaOf(int number) => $"{524000000001000 + number}";

    private static Func<int, ReadOnlyMemory<byte>> Posts(string id, int count)
    {
        ReadOnlyMemory<byte>[] posts = [.. Enumerable.Range(0, count).Select(index => (ReadOnlyMemory<byte>)Post.Signed(Body($"{id}{index}-", NumberOf(index % Numbers), 1_500, WabaOf(index % Numbers))))];
        return index => posts[index];
    }

    private static byte[] Body(string id, string number, int size, string waba = Bodies.Waba)
    {
        var bare = Bodies.Messages(1, id, number, waba, "");
        return Bodies.Messages(1, id, number, waba, new string('x', Math.Max(0, size - bare.Length)));
    }

    private async Task ClearAsync()
    {
        await using var context = EnduranceContext.Open(database);
        await context.Database.ExecuteSqlRawAsync("DELETE FROM \"WhatsAppInbox\"; DELETE FROM \"WhatsAppWebhookItems\"; DELETE FROM \"Effects\"");
        await context.Database.ExecuteSqlRawAsync("VACUUM \"WhatsAppInbox\"");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}

/// <summary>Each delivery in a commit of its own, to measure what taking them together brings.</summary>
internal sealed class SingleIntake(InboxNode node) : IWebhookIntake
{
    public IntakeBacklog? Backlog => null;

    public async Task<DeliveryAnswer> TakeAsync(TakenDelivery delivery, CancellationToken cancellationToken)
    {
        await node.UseAsync<EnduranceContext>(context =>
        {
            context.AddRange(delivery.Split().Select(EfWebhookIntake.Row));
            return context.SaveChangesAsync(cancellationToken);
        });
        return DeliveryAnswer.Ok;
    }
}

/// <summary>Never ends.</summary>
internal sealed class HangingHandler : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken) => new TaskCompletionSource().Task;
}

/// <summary>Stages one row for each item.</summary>
internal sealed class EffectHandler(EnduranceContext context) : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
    {
        context.Add(new Effect { Key = webhookEvent.Key });
        return Task.CompletedTask;
    }
}
