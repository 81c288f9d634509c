using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.EfCore.Inbox;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

/// <summary>What one node takes another may work.</summary>
public sealed class TakenNodesTests
{
    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task What_two_nodes_take_of_a_number_by_turns_is_worked_in_order(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind, nodes: 2, takes: true);
        await inbox.AddAccountAsync(AccountId.Parse("other"), "107", "901");
        await SharedOutAsync(inbox, 2);

        for (var index = 0; index < 60; index++)
        {
            foreach (var (number, waba) in new[] { ("106", "900"), ("107", "901") })
                (await inbox.PostAsync(Inbox.DeliveryOf(waba, Inbox.Message($"{number}-{index:D2}", number)), node: index % 2)).ShouldBe(HttpStatusCode.OK);
        }

        await inbox.EmptyAsync();
        foreach (var number in new[] { "106", "107" })
        {
            inbox.Script.Runs.Where(run => run.Handler == "chat" && run.Event.PhoneNumberId.ToString() == number)
                .Select(run => HandlerScript.TextOf(run.Event)).ShouldBe(Enumerable.Range(0, 60).Select(index => $"{number}-{index:D2}"));
        }
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task What_a_node_left_that_is_gone_is_worked_by_another_and_what_it_had_begun_too(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind, takes: true);
        await inbox.Nodes.UseContextAsync(async context =>
        {
            // As of a process that was killed: its shards are its own, its beat stands still, and it had begun one.
            await context.Set<InboxShardRow>().ExecuteUpdateAsync(row => row.SetProperty(one => one.Node, "gone"));
            context.Add(new InboxNodeRow { Node = "gone", Beat = 7 });
            return await context.SaveChangesAsync();
        });
        await inbox.FillAsync(Inbox.Message("begun"), Inbox.Message("waiting"));
        await inbox.Nodes.UseContextAsync(context => context.Set<InboxRow>().OrderBy(row => row.Id).Take(1).ExecuteUpdateAsync(row => row.SetProperty(one => one.TakenBy, "gone").SetProperty(one => one.Tries, 1)));

        await inbox.EmptyAsync();

        (await inbox.SavedAsync()).ShouldBe(["chat begun", "billing begun", "chat waiting", "billing waiting"]);
        await Eventually.TrueAsync(() => inbox.Nodes.UseContextAsync(async context => !await context.Set<InboxNodeRow>().AnyAsync(row => row.Node == "gone")), "the node to be forgotten");
    }

    [Fact]
    public async Task What_a_node_took_whose_clock_is_minutes_ahead_is_worked_at_once()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, takes: true);
        var early = new TakenDelivery { Body = Encoding.UTF8.GetBytes(Inbox.Messages("early")), ReceivedAt = DateTimeOffset.UtcNow.AddMinutes(2) };

        (await inbox.Nodes[0].App.Services.GetRequiredService<IWebhookIntake>().TakeAsync(early, TestContext.Current.CancellationToken)).ShouldBe(DeliveryAnswer.Ok);
        await inbox.EmptyAsync();

        (await inbox.SavedAsync()).ShouldBe(["chat early", "billing early"]);
    }

    [Fact]
    public async Task A_node_that_stops_leaves_everything_to_the_others_at_once()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.PostgreSql, nodes: 2, takes: true);
        await SharedOutAsync(inbox, 2);

        await inbox.Nodes[0].App.StopAsync(TestContext.Current.CancellationToken);

        (await inbox.PostAsync(Inbox.Messages("after"), node: 1)).ShouldBe(HttpStatusCode.OK);
        await inbox.EmptyAsync();
        (await inbox.SavedAsync()).ShouldBe(["chat after", "billing after"]);
        (await inbox.Nodes.UseContextAsync(context => context.Set<InboxNodeRow>().CountAsync())).ShouldBe(1);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Once_another_node_answered_a_disconnect_or_an_erase_nothing_is_begun_or_saved(bool erases)
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.PostgreSql, nodes: 2, takes: true, configure: setup => setup["Webhooks:RoutingCacheLife"] = "00:01:00");
        var mayEnd = new TaskCompletionSource();
        inbox.Script.Then = (_, _, _) => mayEnd.Task;
        await inbox.PostAsync(Inbox.Messages("running"));
        await inbox.PostAsync(Inbox.Messages("waiting"));
        await Eventually.TrueAsync(() => !inbox.Script.Runs.IsEmpty, "the handler to run");

        await Task.WhenAll(
            inbox.Nodes[0].UseAsync<IWhatsAppAccounts, object?>(accounts => LeaveAsync(accounts)),
            inbox.Nodes[1].UseAsync<IWhatsAppAccounts, object?>(accounts => LeaveAsync(accounts)));
        mayEnd.SetResult();
        await inbox.EmptyAsync();

        (await inbox.SavedAsync()).ShouldBeEmpty();
        inbox.Script.RunsOf("chat", "waiting").ShouldBe(0);
        if (erases)
            (await inbox.KnownAsync("message:106:wamid.running")).ShouldBeNull();

        async Task<object?> LeaveAsync(IWhatsAppAccounts accounts)
        {
            if (erases)
                await accounts.EraseAsync(Inbox.Acme);
            else
                await accounts.DisconnectAsync(Inbox.Acme);
            return null;
        }
    }

    [Fact]
    public async Task A_node_that_comes_gets_its_shards_though_much_waits_in_them_behind_handlers_that_hang()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.PostgreSql, takes: true, configure: setup => setup["Webhooks:DeliveryTimeout"] = "00:00:03");
        var waba = Enumerable.Range(901, 1_000).Select(id => $"{id}").First(id => InboxShards.Of(id) >= InboxShards.All / 2);
        await inbox.AddAccountAsync(AccountId.Parse("hanging"), "107", waba);
        inbox.Script.Then = (_, _, _) => new TaskCompletionSource().Task;
        for (var index = 0; index < 15; index++)
            await inbox.PostAsync(Inbox.DeliveryOf(waba, Inbox.Message($"hanging-{index}", "107")));
        await Eventually.TrueAsync(() => inbox.Nodes.UseContextAsync(context => context.Set<InboxRow>().AllAsync(row => row.TakenBy != null)), "all of it to be in hand");

        await inbox.Nodes.UseContextAsync(context =>
        {
            context.Add(new InboxNodeRow { Node = "comes", Beat = 1 });
            return context.SaveChangesAsync();
        });
        await Eventually.TrueAsync(
            () => inbox.Nodes.UseContextAsync(async context =>
            {
                await context.Set<InboxNodeRow>().Where(row => row.Node == "comes").ExecuteUpdateAsync(row => row.SetProperty(one => one.Beat, one => one.Beat + 1));
                return await context.Set<InboxShardRow>().AnyAsync(row => row.Shard == InboxShards.Of(waba) && row.Node == null);
            }),
            "the shard to be left to it");

        inbox.Script.Runs.Count.ShouldBeLessThan(5);
        (await inbox.Nodes.UseContextAsync(context => context.Set<InboxRow>().CountAsync(row => row.TakenBy == null && row.Failures == 0 && row.Tries == 0))).ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task What_failed_before_another_node_answered_a_disconnect_is_not_begun_again()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.PostgreSql, nodes: 2, takes: true, configure: setup => setup["Webhooks:RoutingCacheLife"] = "00:01:00");
        inbox.Script.Then = (_, _, _) => throw new InvalidOperationException("Not now.");
        await inbox.PostAsync(Inbox.Messages("failing"));
        await Eventually.TrueAsync(() => inbox.Nodes.UseContextAsync(context => context.Set<InboxRow>().AnyAsync(row => row.Failures == 2 && row.TakenBy == null)), "it to have failed");

        await Task.WhenAll(
            inbox.Nodes[0].UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.DisconnectAsync(Inbox.Acme)),
            inbox.Nodes[1].UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.DisconnectAsync(Inbox.Acme)));
        await inbox.EmptyAsync();

        inbox.Script.RunsOf("chat", "failing").ShouldBe(2);
    }

    private static Task SharedOutAsync(Inbox inbox, int nodes) => Eventually.TrueAsync(
        () => inbox.Nodes.UseContextAsync(async context => await context.Set<InboxShardRow>().Where(row => row.Node != null).Select(row => row.Node).Distinct().CountAsync() == nodes),
        "the shards to be shared out");
}
