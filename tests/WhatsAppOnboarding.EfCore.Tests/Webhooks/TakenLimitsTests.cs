using System.Net;
using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.EfCore.Entities;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

/// <summary>What is too much, too large, or ends the process.</summary>
public sealed class TakenLimitsTests
{
    [Fact]
    public async Task With_more_waiting_than_is_allowed_deliveries_stay_at_Meta_until_it_is_less()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, takes: true, configure: setup => setup["Webhooks:MaxBacklog"] = "100");
        await LaterAsync(inbox, [.. Enumerable.Range(0, 120).Select(index => ($"90{index % 6}", Inbox.Message($"later{index}")))]);

        await Eventually.TrueAsync(async () => await inbox.PostAsync(Inbox.Messages("new")) == HttpStatusCode.ServiceUnavailable, "a delivery to be turned away");
        await inbox.Nodes.UseContextAsync(context => context.Set<InboxRow>().ExecuteDeleteAsync());
        await Eventually.TrueAsync(async () => await inbox.PostAsync(Inbox.Messages("new")) == HttpStatusCode.OK, "a delivery to be taken again");
    }

    [Fact]
    public async Task What_waits_of_one_WABA_turns_only_its_own_deliveries_away()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, takes: true, configure: setup => setup["Webhooks:MaxBacklog"] = "4000");
        await LaterAsync(inbox, [.. Enumerable.Range(0, 1_000).Select(index => ("900", Inbox.Message($"later{index}")))]);

        await Eventually.TrueAsync(async () => await inbox.PostAsync(Inbox.Messages("new")) == HttpStatusCode.ServiceUnavailable, "a delivery of it to be turned away");
        (await inbox.PostAsync(Inbox.DeliveryOf("901", Inbox.Message("theirs", "107")))).ShouldBe(HttpStatusCode.OK);
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task What_ends_the_process_each_time_is_parked_and_can_be_replayed(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind, takes: true);
        await inbox.FillAsync([Inbox.Message("deadly")], tries: 10);

        await inbox.EmptyAsync();

        inbox.Script.Runs.ShouldBeEmpty();
        var parked = (await inbox.ParkedAsync()).ShouldHaveSingleItem();
        parked.Reason.ShouldNotBeNull().ShouldContain("process ended");
        (await inbox.ReplayAsync(parked.ItemKey)).Unparked.ShouldBe(1);
        (await inbox.SavedAsync()).ShouldBe(["chat deadly", "billing deadly"]);
    }

    [Fact]
    public async Task What_is_parked_does_not_come_again_though_its_handler_has_not_ended()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, takes: true, configure: setup =>
        {
            setup["Webhooks:ParkAfterFailures"] = "1";
            setup["Webhooks:DeliveryTimeout"] = "00:00:01";
        });
        inbox.Script.Then = (_, _, _) => new TaskCompletionSource().Task;

        // The next repeat would be minutes away.
        await inbox.FillAsync([Inbox.Message("endless")], failures: 4);
        await inbox.EmptyAsync();

        (await inbox.ParkedAsync()).ShouldHaveSingleItem();
    }

    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task More_items_than_one_go_has_time_for_are_worked_in_pieces_each_once_and_others_come_between(DatabaseKind kind)
    {
        await using var inbox = await Inbox.StartAsync(kind, takes: true, configure: setup => setup["Webhooks:MaxDeliveriesInFlight"] = "2");
        await inbox.AddAccountAsync(AccountId.Parse("other"), "107", "901");
        inbox.Script.Then = (handler, text, token) => handler == "chat" && text.StartsWith('t') ? Task.Delay(30, token) : Task.CompletedTask;
        string[] texts = [.. Enumerable.Range(0, 100).Select(index => $"t{index}")];

        (await inbox.PostAsync(Inbox.Messages(texts))).ShouldBe(HttpStatusCode.OK);
        (await inbox.PostAsync(Inbox.DeliveryOf("901", Inbox.Message("theirs", "107")))).ShouldBe(HttpStatusCode.OK);
        await inbox.EmptyAsync();

        var saved = await inbox.SavedAsync();
        saved.Where(row => !row.EndsWith("theirs", StringComparison.Ordinal)).ShouldBe([.. texts.SelectMany(text => new[] { $"chat {text}", $"billing {text}" })]);
        saved.IndexOf("chat theirs").ShouldBeLessThan(saved.IndexOf("chat t99"));
        inbox.Script.Runs.Count.ShouldBe(202);
    }

    [Fact]
    public async Task What_Meta_says_of_a_WABA_is_followed_before_what_waits()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.PostgreSql, takes: true, configure: setup => setup["Webhooks:MaxDeliveriesInFlight"] = "2");
        var mayEnd = new TaskCompletionSource();
        inbox.Script.Then = (_, text, _) => text.StartsWith("wait", StringComparison.Ordinal) ? mayEnd.Task : Task.CompletedTask;
        await inbox.FillAsync([.. Enumerable.Range(0, 600).Select(index => Inbox.Message($"wait{index}"))]);
        await Eventually.TrueAsync(() => !inbox.Script.Runs.IsEmpty, "a handler to run");

        await inbox.PostAsync(Inbox.Delivery("""{"field":"account_update","value":{"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"ADULT"}}}"""));
        await Eventually.TrueAsync(
            async () => (await inbox.Nodes[0].ReadAsync("acme")).Numbers.Single().Notices.Any(notice => notice.Event == "ACCOUNT_VIOLATION"), "the violation to be noted");

        mayEnd.SetResult();
    }

    /// <summary>What waits and is not due for an hour.</summary>
    private static async Task LaterAsync(Inbox inbox, (string Waba, string Change)[] changes)
    {
        foreach (var of in changes.GroupBy(change => change.Waba))
            await inbox.FillAsync([.. of.Select(change => change.Change)], waba: of.Key, dueIn: TimeSpan.FromHours(1));
    }
}
