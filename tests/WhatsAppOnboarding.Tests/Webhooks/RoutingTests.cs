using System.Net;
using WhatsAppOnboarding.Disconnect;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Tests.Webhooks;

public sealed class RoutingTests
{
    [Fact]
    public async Task A_write_of_this_node_shows_at_once_whatever_is_remembered()
    {
        await using var host = await TheHost.StartAsync(setup => setup["Webhooks:RoutingCacheLife"] = "00:01:00");
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var (one, two) = (waba.AddNumber("+1 631-555-0100", "One"), waba.AddNumber("+1 631-555-0101", "Two"));
        using var client = host.OpenApi(null);
        await host.ConnectAsync("acme");

        (await client.DeliverAsync(host, SignedPost.Text(waba.Id, one.Id, "first"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await host.DisconnectAsync("acme", new DisconnectScope(PhoneNumberId.Parse(one.Id)));
        await client.DeliverAsync(host, SignedPost.Text(waba.Id, one.Id, "after"));
        (await client.DeliverAsync(host, SignedPost.Text(waba.Id, two.Id, "other"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        host.Events.TextsOf("acme").ShouldBe(["first", "other"]);
    }

    [Fact]
    public async Task What_arrives_while_its_WABA_is_being_connected_comes_again_and_is_then_delivered()
    {
        var clock = new ManualTimeProvider();
        await using var host = await TheHost.StartAsync(metaOptions: new MetaEmulatorOptions { TimeProvider = clock });
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "One");
        var held = host.Meta.Faults.Hold(GraphOperations.SubscribeApp, afterEffect: true);

        var connecting = host.ConnectAsync("acme");
        await held.Reached;
        var early = await host.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+15550001", "Ann", "early", TestContext.Current.CancellationToken);
        early.LastStatusCode.ShouldBe(503);
        held.Release();
        await connecting;
        await host.Meta.Webhooks.RetryDueAsync(TestContext.Current.CancellationToken);

        early.LastStatusCode.ShouldBe(200);
        host.Events.TextsOf("acme").ShouldBe(["early"]);
    }

    [Fact]
    public async Task What_nobody_receives_is_acknowledged_and_said_once_however_often_it_comes()
    {
        await using var host = await TheHost.StartAsync();
        using var client = host.OpenApi(null);

        for (var times = 0; times < 5; times++)
            (await client.DeliverAsync(host, SignedPost.Text("998", "999", "lost"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        host.Logs.Lines.Count(line => line.EventId == 1520).ShouldBe(1);
        host.Events.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_that_stands_twice_in_a_delivery_is_told_once()
    {
        await using var host = await TheHost.StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        using var client = host.OpenApi(null);
        var message = """{"from":"1","id":"wamid.twice","type":"text","text":{"body":"twice"}}""";

        await client.DeliverAsync(host, SignedPost.Change(waba.Id, "messages", $$"""{"messages":[{{message}},{{message}}]}""", number.Id));

        host.Events.TextsOf("acme").ShouldBe(["twice"]);
    }
}
