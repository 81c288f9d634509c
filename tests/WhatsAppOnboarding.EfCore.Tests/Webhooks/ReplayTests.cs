using System.Net;
using System.Text;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

public sealed class ReplayTests
{
    [Theory, InlineData(DatabaseKind.Sqlite), InlineData(DatabaseKind.PostgreSql)]
    public async Task A_replay_runs_the_handlers_that_had_not_finished_and_ends_the_parking(DatabaseKind kind)
    {
        await using var inbox = await ParkAsync(kind);

        (await inbox.ReplayAsync("message:106:wamid.bad", node: 1)).ShouldBe(Inbox.Result(unparked: 1));

        (await inbox.SavedAsync()).ShouldBe(["chat bad", "billing bad"]);
        inbox.Script.RunsOf("chat", "bad").ShouldBe(1);
        (await inbox.ParkedAsync()).ShouldBeEmpty();
        (await inbox.ReplayAsync("message:106:wamid.bad")).ShouldBe(Inbox.Result());
        (await inbox.PostAsync(Inbox.Messages("bad"))).ShouldBe(HttpStatusCode.OK);
        inbox.Script.Runs.Count.ShouldBe(3);
        (await inbox.KnownAsync("message:106:wamid.bad"))!.Payload.ShouldBeNull();
    }

    [Fact]
    public async Task A_replay_that_fails_leaves_it_parked_with_the_new_reason()
    {
        await using var inbox = await ParkAsync(DatabaseKind.Sqlite);
        var before = (await inbox.ParkedAsync()).ShouldHaveSingleItem();
        inbox.Script.Then = (_, _, _) => throw new IOException("Another reason.");

        (await inbox.ReplayAsync("message:106:wamid.bad")).ShouldBe(Inbox.Result(failedAgain: 1, left: 1));

        var after = (await inbox.ParkedAsync()).ShouldHaveSingleItem();
        (after.FailedHandler, after.Reason, after.Failures, after.ParkedAt, after.Payload)
            .ShouldBe((typeof(BillingHandler).ToString(), "IOException: Another reason.", 2, before.ParkedAt, before.Payload));
        (await inbox.SavedAsync()).ShouldBe(["chat bad"]);
        inbox.Nodes[0].Logs.Lines.Count(line => line.EventId == 1531).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_given_up_is_not_run_again_though_meta_brings_it_again()
    {
        await using var inbox = await ParkAsync(DatabaseKind.Sqlite);

        (await inbox.DiscardAsync(new ParkedQuery { ItemKey = "message:106:wamid.bad" })).ShouldBe(Inbox.Result(unparked: 1));
        (await inbox.DiscardAsync(new ParkedQuery { ItemKey = "message:106:wamid.bad" })).ShouldBe(Inbox.Result());

        (await inbox.PostAsync(Inbox.Messages("bad"))).ShouldBe(HttpStatusCode.OK);
        (await inbox.ParkedAsync()).ShouldBeEmpty();
        (await inbox.SavedAsync()).ShouldBe(["chat bad"]);
        inbox.Script.Runs.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_account_replays_nothing_of_another()
    {
        await using var inbox = await ParkAsync(DatabaseKind.Sqlite);
        var other = AccountId.Parse("other");

        (await inbox.ReplayAsync(new ParkedQuery { AccountId = other, ItemKey = "message:106:wamid.bad" })).ShouldBe(Inbox.Result());
        (await inbox.Nodes[0].UseAsync<IWhatsAppOperator, IReadOnlyList<LedgerRecord>>(operations => operations.ListParkedAsync(new ParkedQuery { AccountId = other }))).ShouldBeEmpty();
        (await inbox.Nodes[0].UseAsync<IWhatsAppOperator, IReadOnlyList<LedgerRecord>>(operations => operations.ListParkedAsync())).ShouldHaveSingleItem().AccountId.ShouldBe(Inbox.Acme);
    }

    [Fact]
    public async Task Every_kind_of_item_is_replayed_as_it_was()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.PostgreSql, configure: setup => setup["Webhooks:ParkAfterFailures"] = "1");
        inbox.Script.Then = (handler, _, _) => handler == "chat" ? throw new InvalidOperationException("No.") : Task.CompletedTask;
        const string Value = """
            { "messaging_product" : "whatsapp", "metadata":{"phone_number_id":"106"}, "contacts":[{"wa_id":"1","profile":{"name":"Ann \ud83d\ude00"}}], "half\ud800name" : "\ud800 \u0000",
              "messages":[ {"id":"wamid.1","from":"1","type":"text","text":{"body":"a\ud800 😀"}}, {"from":"1", "type":"text" , "text":{"body":"no id"}}, {"id":"id with blanks","type":"text"} ],
              "statuses":[{"id":"wamid.1","status":"read"},{"id":"wamid.1","status":"delivered"}], "errors":[{"code":131051,"title":"x"}, {"code":1} ] }
            """;
        var delivery = Inbox.Delivery(
            $$"""{"field":"messages","value":{{Value}} }""",
            """{"field":"smb_message_echoes","value":{"metadata":{"phone_number_id":"106"},"message_echoes":[{"id":"wamid.2","to":"1"},{"to":"2"}]}}""",
            """{"field":"account_update","value":{"event":"VERIFIED_ACCOUNT" , "phone_number":"1", "waba_info":{"waba_id":"900"} } }""",
            """{"value":{"field":"x\u0000\"y","metadata":{"phone_number_id":106}, "what" : [1.0e3, "text"]}}""",
            """{"field":"messages","value":{"metadata":{"phone_number_id":"106"},"errors":[]}}""");

        (await inbox.PostAsync(delivery)).ShouldBe(HttpStatusCode.OK);
        var before = inbox.Script.Runs.Select(run => run.Event).ToArray();
        before.Length.ShouldBe(12);
        inbox.Script.Runs.Clear();
        inbox.Script.Then = (_, _, _) => Task.CompletedTask;

        foreach (var first in before)
        {
            (await inbox.ReplayAsync(first.Key)).ShouldBe(Inbox.Result(unparked: 1), first.Field);
            var again = inbox.Script.Runs.First(run => run.Event.Key == first.Key).Event;
            Told(again).ShouldBe(Told(first));
        }

        inbox.Script.Runs.Count.ShouldBe(24);
        (await inbox.ParkedAsync()).ShouldBeEmpty();
        (await inbox.PostAsync(delivery)).ShouldBe(HttpStatusCode.OK);
        inbox.Script.Runs.Count.ShouldBe(24);
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_replaced_when_an_item_is_kept_and_its_key_stays()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.PostgreSql, configure: setup => setup["Webhooks:ParkAfterFailures"] = "1");
        var delivery = Encoding.UTF8.GetBytes(Inbox.Delivery("""{"field":"new","value":{"metadata":{"phone_number_id":"106"},"what":"?"}}"""));
        delivery[Array.LastIndexOf(delivery, (byte)'?')] = 0xff;
        (await inbox.PostAsync(delivery)).ShouldBe(HttpStatusCode.OK);
        var parked = (await inbox.ParkedAsync()).ShouldHaveSingleItem("the first handler reads its text, which has none");

        (await inbox.ReplayAsync(parked.ItemKey)).ShouldBe(Inbox.Result(unparked: 1));

        var replayed = inbox.Script.Runs.First().Event;
        (replayed.Key, replayed.Field).ShouldBe((parked.ItemKey, "new"));
        replayed.Item.GetRawText().ShouldEndWith("""what":"�"}""");
        (await inbox.PostAsync(delivery)).ShouldBe(HttpStatusCode.OK);
        inbox.Script.Runs.Count.ShouldBe(2);
    }

    /// <summary>All but the time of arrival.</summary>
    private static (AccountId, WabaId, PhoneNumberId?, string, string, DateTimeOffset?, string) Told(WebhookEvent told) =>
        (told.AccountId, told.WabaId, told.PhoneNumberId, told.Key, told.Field, told.EntryTime, $"{told.Content?.GetType().Name} {told.Item.GetRawText()}");

    /// <summary>Two nodes, and a message that the first of two handlers finished and the second did not.</summary>
    private static async Task<Inbox> ParkAsync(DatabaseKind kind)
    {
        var inbox = await Inbox.StartAsync(kind, nodes: 2, configure: setup => setup["Webhooks:ParkAfterFailures"] = "1");
        inbox.Script.Then = (handler, _, _) => handler == "billing" ? throw new InvalidOperationException("No.") : Task.CompletedTask;
        (await inbox.PostAsync(Inbox.Messages("bad"))).ShouldBe(HttpStatusCode.OK);
        inbox.Script.Then = (_, _, _) => Task.CompletedTask;
        return inbox;
    }
}
