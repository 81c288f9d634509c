using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Hosts;
using WhatsAppOnboarding.EfCore.Tests.Journey;
using WhatsAppOnboarding.EfCore.Tests.Stores;
using WhatsAppOnboarding.EfCore.Tests.Webhooks;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.RabbitMq.Tests;

/// <summary>Nodes of a host that share a broker and a database, with one handler that stages, and the account acme that receives what is posted to them.</summary>
public sealed class BrokerNodes : IAsyncDisposable
{
    public static readonly AccountId Acme = AccountId.Parse("acme");

    private readonly string _prefix = $"t{Guid.NewGuid():N}"[..12];
    private Nodes? _nodes;

    public HandlerScript Script { get; } = new();

    public Nodes Nodes => _nodes!;

    /// <summary>Starts them one after the other, so that the first one works everything; <paramref name="configure"/> is told the number of each.</summary>
    public static async Task<BrokerNodes> StartAsync(int nodes = 1, Action<HostSetup, int>? configure = null)
    {
        var started = new BrokerNodes();
        var node = 0;
        started._nodes = await Nodes.StartAsync(DatabaseKind.Sqlite, nodes, configure: setup =>
        {
            setup.Services.AddSingleton(started.Script);
            setup.Library += library => library.AddWebhookHandler<ChatHandler>().AddRabbitMqIntake().Services.AddHostedService<Connected>();
            setup.RecordsWebhooks = false;
            setup["Webhooks:UseInbox"] = "true";
            setup["RabbitMq:Uri"] = TheBroker.Uri;
            setup["RabbitMq:Prefix"] = started._prefix;
            setup["RabbitMq:Shards"] = "2";
            configure?.Invoke(setup, node++);
        });
        await started.AddAccountAsync(Acme, "106");
        return started;
    }

    public async Task AddAccountAsync(AccountId account, string number, string waba = "900")
    {
        await Nodes.AddAccountsAsync(account.ToString());
        await Nodes[0].UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(
            account, _ => [SomeNumber.Connected(account, number, waba) with { Evidence = new NumberEvidence { SubscribedAt = SomeNumber.Now } }]));
    }

    public IWebhookIntake IntakeOf(int node) => Nodes[node].App.Services.GetRequiredService<IWebhookIntake>();

    public async Task<HttpStatusCode> PostAsync(string delivery, int node = 0)
    {
        using var client = Nodes[node].OpenApi(null);
        return (await client.DeliverAsync(Encoding.UTF8.GetBytes(delivery), Nodes.Meta.AppSecret)).StatusCode;
    }

    /// <summary>Has a node take deliveries of one message each, at the same moment: among them there is no order.</summary>
    public async Task TakeAsync(int node, IEnumerable<(string Text, string Number)> messages)
    {
        foreach (var some in messages.Chunk(200))
        {
            var answers = await Task.WhenAll(some.Select(one => IntakeOf(node).TakeAsync(new TakenDelivery
            {
                Body = Bytes(one.Text, one.Number),
                ReceivedAt = DateTimeOffset.UtcNow,
            })));
            answers.ShouldAllBe(answer => answer == DeliveryAnswer.Ok);
        }
    }

    public static byte[] Bytes(string text, string number = "106") => Encoding.UTF8.GetBytes(Message(text, number));

    public static string Message(string text, string number = "106", string waba = "900") =>
        $$$"""{"object":"whatsapp_business_account","entry":[{"id":"{{{waba}}}","time":1790000000,"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"{{{number}}}"},"messages":[{"id":"wamid.{{{text}}}","type":"text","text":{"body":"{{{text}}}"}}]}}]}]}""";

    /// <summary>The texts that were committed, in order.</summary>
    public Task<string[]> SavedAsync() => Nodes.UseContextAsync(context => context.Messages.OrderBy(row => row.Id).Select(row => row.Text).ToArrayAsync());

    public async Task SavedAsync(int count)
    {
        var patience = new Patience($"{count} messages to be handled", TimeSpan.FromSeconds(30));
        while (await Nodes.UseContextAsync(context => context.Messages.CountAsync()) < count)
            await patience.TurnAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_nodes is not null)
            await _nodes.DisposeAsync();
        await using var connection = await new ConnectionFactory { Uri = new Uri(TheBroker.Uri) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        string[] queues = [.. Enumerable.Range(0, 8).Select(shard => $"{shard}"), "notices", "parked", "nodes", .. new[] { "1s", "5s", "30s", "120s", "600s", "1800s", "3600s", "aside1s", "aside5s" }.Select(wait => "later." + wait)];
        foreach (var queue in queues)
            await channel.QueueDeleteAsync($"{_prefix}.{queue}");
        await channel.ExchangeDeleteAsync(_prefix);
        await channel.ExchangeDeleteAsync(_prefix + ".later");
    }

    /// <summary>Ends the start of a node when that has looked at its queues.</summary>
    private sealed class Connected(IWebhookIntake intake) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Eventually.TrueAsync(() => intake.Backlog is not null, "the node to be connected");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
