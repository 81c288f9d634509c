using System.Net;
using WhatsAppOnboarding.EfCore.Tests.Databases;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Tests.Webhooks;

/// <summary>What is the same item, and what only looks like it.</summary>
public sealed class SameItemTests
{
    private static readonly AccountId Other = AccountId.Parse("other");

    [Fact]
    public async Task Each_member_of_a_group_has_a_status_and_a_redelivery_gives_none()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite);
        var both = Delivery($"""{Status("US.1")},{Status("US.2")}""");

        (await inbox.PostAsync(both)).ShouldBe(HttpStatusCode.OK);
        (await inbox.PostAsync(both)).ShouldBe(HttpStatusCode.OK);
        (await inbox.PostAsync(Delivery(Status("US.3")))).ShouldBe(HttpStatusCode.OK);

        inbox.Script.Runs.Where(run => run.Handler == "chat").Select(run => ((MessageStatusChanged)run.Event.Content!).ParticipantUserId).ShouldBe(["US.1", "US.2", "US.3"]);

        static string Status(string member) =>
            $$"""{"id":"wamid.GS","status":"delivered","timestamp":"1790000000","recipient_id":"GROUP1","recipient_type":"group","recipient_participant_user_id":"{{member}}"}""";
        static string Delivery(string statuses) => Of($$$"""{"field":"messages","value":{"metadata":{"phone_number_id":"106"},"statuses":[{{{statuses}}}]}}""");
    }

    [Theory]
    [InlineData("messages", """ "errors":[{"code":130429,"title":"Rate limit hit"}] """)]
    [InlineData("something_new", """ "event":"AGAIN" """)]
    public async Task What_Meta_gives_neither_an_id_nor_a_time_is_the_same_within_an_hour_and_has_happened_again_on_the_next_day(string field, string value)
    {
        var clock = new ManualTimeProvider();
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, clock: clock);
        var delivery = Of($$$"""{"field":"{{{field}}}","value":{"metadata":{"phone_number_id":"106"},{{{value}}}}}""");
        clock.Advance(TimeSpan.FromMinutes(58));

        await inbox.PostAsync(delivery);
        clock.Advance(TimeSpan.FromMinutes(1));
        await inbox.PostAsync(delivery);
        clock.Advance(TimeSpan.FromMinutes(5));
        await inbox.PostAsync(delivery);
        Times().ShouldBe(1);

        clock.Sleep(TimeSpan.FromDays(1));
        await inbox.PostAsync(delivery);
        await inbox.PostAsync(delivery);
        Times().ShouldBe(2);

        int Times() => inbox.Script.Runs.Count(run => run.Handler == "chat");
    }

    [Fact]
    public async Task What_has_no_id_but_a_time_is_the_same_for_as_long_as_the_ledger_remembers()
    {
        var clock = new ManualTimeProvider();
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, clock: clock);
        var delivery = Of("""{"field":"user_preferences","value":{"metadata":{"phone_number_id":"106"},"user_preferences":[{"wa_id":"1","value":"stop","timestamp":1739321024}]}}""");

        await inbox.PostAsync(delivery);
        clock.Sleep(TimeSpan.FromDays(2));
        await inbox.PostAsync(delivery);

        inbox.Script.Runs.Count(run => run.Handler == "chat").ShouldBe(1);
    }

    [Fact]
    public async Task An_error_that_a_handler_refuses_is_parked_and_can_be_replayed()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, configure: setup => setup["Webhooks:ParkAfterFailures"] = "2");
        inbox.Script.Then = (_, _, _) => throw new InvalidOperationException("No.");
        var delivery = Of("""{"field":"messages","value":{"metadata":{"phone_number_id":"106"},"errors":[{"code":130429}]}}""");
        (await inbox.PostAsync(delivery)).ShouldBe(HttpStatusCode.InternalServerError);
        (await inbox.PostAsync(delivery)).ShouldBe(HttpStatusCode.OK);
        inbox.Script.Then = (_, _, _) => Task.CompletedTask;

        (await inbox.ReplayAsync((await inbox.ParkedAsync()).ShouldHaveSingleItem().ItemKey)).ShouldBe(Inbox.Result(unparked: 1));

        inbox.Script.Runs.Last().Event.Content.ShouldBe(new MessageError { Code = 130429 });
    }

    [Fact]
    public async Task An_item_that_failed_for_one_account_is_not_handed_to_it_from_the_number_of_another()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite);
        await inbox.AddAccountAsync(Other, "107");
        inbox.Script.Then = (_, text, _) => text == "mine" ? throw new InvalidOperationException("Not now.") : Task.CompletedTask;
        (await inbox.PostAsync(Text("mine", "106"))).ShouldBe(HttpStatusCode.InternalServerError);

        (await inbox.PostAsync(Text("theirs", "107"))).ShouldBe(HttpStatusCode.OK);

        inbox.Script.Runs.Where(run => HandlerScript.TextOf(run.Event) == "theirs").Select(run => run.Event.AccountId).Distinct().ShouldBe([Other]);
        inbox.Script.RunsOf("chat", "mine").ShouldBe(1);
    }

    [Theory, InlineData("messages"), InlineData("statuses")]
    public async Task The_same_id_on_a_second_number_of_an_account_is_delivered_as_well(string list)
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite);
        await inbox.Nodes[0].UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(Inbox.Acme, read =>
            [.. read.Numbers, EfCore.Tests.Stores.SomeNumber.Connected(Inbox.Acme, "107") with { Evidence = read.Numbers[0].Evidence }]));

        foreach (var number in new[] { "106", "107", "106" })
            (await inbox.PostAsync(Of($$$"""{"field":"messages","value":{"metadata":{"phone_number_id":"{{{number}}}"},"{{{list}}}":[{"id":"wamid.SAME","status":"read","type":"text","text":{"body":"b"}}]}}"""))).ShouldBe(HttpStatusCode.OK);

        inbox.Script.Runs.Where(run => run.Handler == "chat").Select(run => run.Event.PhoneNumberId.ToString()).ShouldBe(["106", "107"]);
    }

    [Fact]
    public async Task What_another_node_takes_for_an_account_after_its_erasing_goes_with_a_second_one()
    {
        await using var inbox = await Inbox.StartAsync(DatabaseKind.Sqlite, nodes: 2);
        (await inbox.PostAsync(Inbox.Messages("before"), node: 1)).ShouldBe(HttpStatusCode.OK);
        await EraseAsync();
        (await inbox.PostAsync(Inbox.Messages("late"), node: 1)).ShouldBe(HttpStatusCode.OK);

        await EraseAsync();

        (await inbox.KnownAsync("message:106:wamid.late")).ShouldBeNull();

        Task<DisconnectResult> EraseAsync() => inbox.Nodes[0].UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.EraseAsync(Inbox.Acme));
    }

    private static string Text(string text, string number) => Of(
        $$$"""{"field":"messages","value":{"metadata":{"phone_number_id":"{{{number}}}"},"messages":[{"id":"wamid.FAIL1","type":"text","text":{"body":"{{{text}}}"}}]}}""");

    /// <summary>An entry without a time, as messages come.</summary>
    private static string Of(string change) => $$"""{"object":"whatsapp_business_account","entry":[{"id":"900","changes":[{{change}}]}]}""";
}
