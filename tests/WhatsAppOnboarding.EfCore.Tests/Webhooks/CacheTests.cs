using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.EfCore.Tests.Journey;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

public sealed class CacheTests
{
    [Fact]
    public async Task An_account_that_disconnects_on_one_node_receives_nothing_on_the_other_once_its_memory_is_over()
    {
        var clock = new ManualTimeProvider();
        await using var nodes = await Nodes.StartAsync(DatabaseKind.PostgreSql, 2, configure: setup => setup.Services.AddSingleton<TimeProvider>(clock));
        await nodes.AddAccountsAsync("acme");
        var waba = nodes.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "One");
        await nodes[0].ConnectAsync("acme");
        using var second = nodes[1].OpenApi(null);
        (await second.DeliverAsync(nodes[1], SignedPost.Text(waba.Id, number.Id, "before"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await nodes[0].DisconnectAsync("acme");
        clock.Advance(TimeSpan.FromSeconds(5));
        await second.DeliverAsync(nodes[1], SignedPost.Text(waba.Id, number.Id, "after"));

        nodes[1].Events.TextsOf("acme").ShouldBe(["before"]);
    }
}
