using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Webhooks;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.RabbitMq.Tests;

/// <summary>Nodes and brokers come and go; what was taken is worked, once.</summary>
[Collection(nameof(TheBroker))]
public sealed class TroubleTests
{
    [Fact]
    public async Task When_a_node_is_killed_another_goes_on_with_what_it_had()
    {
        using var wire = new Wire();
        await using var nodes = await BrokerNodes.StartAsync(nodes: 2, (setup, node) => setup["RabbitMq:Uri"] = node == 0 ? wire.Uri : TheBroker.Uri);
        nodes.Script.Then = async (_, text, _) =>
        {
            // In the middle of its work.
            if (text == "n20" && nodes.Script.RunsOf("chat", text) == 1)
                wire.Cut();
            await Task.Yield();
        };
        string[] texts = [.. Enumerable.Range(0, 60).Select(n => $"n{n}")];

        await nodes.TakeAsync(1, texts.Select(text => (text, "106")));
        await nodes.SavedAsync(texts.Length);

        (await nodes.SavedAsync()).ShouldBe(texts, ignoreOrder: true);
    }

    [Fact]
    public async Task When_a_node_stops_another_goes_on_in_order_with_what_it_had_not_begun()
    {
        await using var nodes = await BrokerNodes.StartAsync(nodes: 2);
        var stopping = new TaskCompletionSource<Task>();
        nodes.Script.Then = async (_, text, _) =>
        {
            // In the middle of its work.
            if (text == "n20")
                stopping.TrySetResult(nodes.Nodes[0].App.StopAsync(CancellationToken.None));
            await Task.Yield();
        };
        string[] texts = [.. Enumerable.Range(0, 100).Select(n => $"n{n}")];

        foreach (var text in texts)
            await nodes.TakeAsync(1, [(text, "106")]);
        await nodes.SavedAsync(texts.Length);

        (await nodes.SavedAsync()).ShouldBe(texts);
        nodes.Script.Runs.Count.ShouldBe(texts.Length);
        await await stopping.Task;
    }

    [Fact]
    public async Task While_the_broker_is_gone_Meta_keeps_deliveries_and_afterwards_each_is_handled_once()
    {
        await using var nodes = await BrokerNodes.StartAsync(nodes: 2);
        await nodes.TakeAsync(0, Enumerable.Range(0, 100).Select(n => ($"before{n}", "106")));

        await TheBroker.ControlAsync("stop_app");
        try
        {
            (await AnswerAsync(nodes, "meanwhile")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        }
        finally
        {
            await TheBroker.ControlAsync("start_app");
        }

        await Eventually.TrueAsync(async () => await AnswerAsync(nodes, "meanwhile") == HttpStatusCode.OK, "the node to have found back");
        await nodes.SavedAsync(101);
        (await nodes.SavedAsync()).ShouldBe([.. Enumerable.Range(0, 100).Select(n => $"before{n}"), "meanwhile"], ignoreOrder: true);
    }

    [Fact]
    public async Task While_the_broker_is_short_of_disk_deliveries_are_answered_busy_and_what_is_done_goes_on()
    {
        await using var nodes = await BrokerNodes.StartAsync();
        (await AnswerAsync(nodes, "before")).ShouldBe(HttpStatusCode.OK);

        await TheBroker.ControlAsync("set_disk_free_limit", "1000000GB");
        try
        {
            (await AnswerAsync(nodes, "first")).ShouldBe(HttpStatusCode.ServiceUnavailable);
            var began = TimeProvider.System.GetTimestamp();
            (await nodes.IntakeOf(0).TakeAsync(new TakenDelivery { Body = BrokerNodes.Bytes("second"), ReceivedAt = DateTimeOffset.UtcNow })).ShouldBe(DeliveryAnswer.Busy);
            TimeProvider.System.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(1));
        }
        finally
        {
            await TheBroker.ControlAsync("set_disk_free_limit", "50MB");
        }

        foreach (var text in new[] { "first", "second" })
            await Eventually.TrueAsync(async () => await AnswerAsync(nodes, text) == HttpStatusCode.OK, "the broker to take in again");
        await nodes.SavedAsync(3);
        (await nodes.SavedAsync()).ShouldBe(["before", "first", "second"], ignoreOrder: true);
    }

    [Fact]
    public async Task Nodes_share_what_there_is_to_do_also_when_one_was_there_first()
    {
        await using var nodes = await BrokerNodes.StartAsync(nodes: 2, (setup, node) =>
        {
            setup["RabbitMq:Shards"] = "8";
            setup.Services.AddSingleton(new Place(node));
            setup.Library += library => library.AddWebhookHandler<PlacedHandler>();
        });
        PlacedHandler.Places.Clear();

        // Of seven shards.
        string[] wabas = ["901", "904", "906", "907", "908", "909", "900"];
        foreach (var waba in wabas[..^1])
            await nodes.AddAccountAsync(AccountId.Parse("of" + waba), "2" + waba, waba);
        var n = 0;
        var patience = new Patience("both nodes to work", TimeSpan.FromSeconds(30));
        while (PlacedHandler.Places.Count < 2)
        {
            var waba = wabas[n++ % wabas.Length];
            (await nodes.PostAsync(BrokerNodes.Message($"n{n}", waba == "900" ? "106" : "2" + waba, waba))).ShouldBe(HttpStatusCode.OK);
            await patience.TurnAsync();
        }

        await nodes.SavedAsync(n);
    }

    /// <summary>How Meta is answered, within the time that it waits.</summary>
    private static Task<HttpStatusCode> AnswerAsync(BrokerNodes nodes, string text) => nodes.PostAsync(BrokerNodes.Message(text)).WaitAsync(TimeSpan.FromSeconds(8));

    public sealed record Place(int Node);

    public sealed class PlacedHandler(Place place) : IWebhookHandler
    {
        public static System.Collections.Concurrent.ConcurrentDictionary<int, bool> Places { get; } = new();

        public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
        {
            Places[place.Node] = true;
            return Task.CompletedTask;
        }
    }
}
