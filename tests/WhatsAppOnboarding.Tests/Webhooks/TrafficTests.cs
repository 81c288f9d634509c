using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Notices;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Webhooks;

/// <summary>What messages, their copies and statuses say of the number that they come to.</summary>
public sealed class TrafficTests
{
    [Fact]
    public async Task That_messages_come_is_noted_once_an_hour_and_ordinary_traffic_writes_nothing()
    {
        await using var news = await TheNews.StartAsync();
        await MessageAsync(news, "first");
        await StatusAsync(news, "sent");
        var (noted, version) = ((await news.ReadAsync()).Evidence.ReceivedAt, await VersionAsync(news));
        noted.ShouldBe(news.Clock.GetUtcNow());

        news.Clock.Advance(TimeSpan.FromMinutes(59));
        await MessageAsync(news, "second");
        await StatusAsync(news, "sent");
        await StatusAsync(news, "delivered");
        (await VersionAsync(news)).ShouldBe(version);

        news.Clock.Advance(TimeSpan.FromMinutes(1));
        await MessageAsync(news, "third");
        (await news.ReadAsync()).Evidence.ReceivedAt.ShouldBe(news.Clock.GetUtcNow());
        news.Told().ShouldBeEmpty();
        news.Host.Events.TextsOf("acme").ShouldBe(["first", "second", "third"]);
    }

    [Fact]
    public async Task A_message_that_failed_by_the_number_is_told_once_and_well_again_when_one_is_sent()
    {
        await using var news = await TheNews.StartAsync();

        await StatusAsync(news, "failed", 131042);
        await StatusAsync(news, "failed", 131042);

        Reasons(news, await news.ReadAsync()).ShouldContain(ErrorCodes.PaymentNeeded);
        news.Told().ShouldBe(["needs_attention"]);

        await StatusAsync(news, "sent", seconds: -30);
        news.Clock.Advance(TimeSpan.FromMinutes(1));
        await StatusAsync(news, "delivered");
        await StatusAsync(news, "read");
        news.Told().ShouldBe(["needs_attention"], "a message from before may be delivered or read at any time");

        await StatusAsync(news, "sent");
        news.Told().ShouldBe(["needs_attention"], "some messages may be sent while others fail");

        news.Clock.Advance(TimeSpan.FromHours(1));
        await StatusAsync(news, "sent");
        Reasons(news, await news.ReadAsync()).ShouldNotContain(ErrorCodes.PaymentNeeded);
        news.Told().ShouldBe(["needs_attention", "well_again"]);
    }

    [Theory, InlineData(131047, 0), InlineData(131026, 0), InlineData(131042, -120)]
    public async Task A_failure_of_one_message_or_of_the_time_before_the_connect_changes_nothing(int code, int seconds)
    {
        await using var news = await TheNews.StartAsync();
        var version = await VersionAsync(news);

        await StatusAsync(news, "failed", code, seconds);

        (await VersionAsync(news)).ShouldBe(version);
        (await news.ReadAsync()).Evidence.SendFailure.ShouldBeNull();
    }

    [Fact]
    public async Task A_failure_of_the_second_in_which_the_number_was_looked_at_is_no_older_than_the_look()
    {
        await using var news = await TheNews.StartAsync();
        news.Clock.Advance(TimeSpan.FromMilliseconds(400));
        await news.ConnectAsync("acme");
        news.Clock.Advance(TimeSpan.FromMilliseconds(200));

        await StatusAsync(news, "failed", 131042);

        NumberReasons.Find(ErrorCodes.PaymentNeeded)!.SendsWith(await news.ReadAsync()).ShouldBe(false);
    }

    [Fact]
    public async Task Every_account_that_receives_the_failure_knows_it_and_no_other_number_does()
    {
        await using var news = await TheNews.StartAsync(more: waba => waba.AddNumber("+1 631-555-0101", "Two"));
        await news.ConnectAsync("birch");
        news.Clock.Advance(TimeSpan.FromMinutes(1));

        await StatusAsync(news, "failed", 131031);

        foreach (var account in new[] { "acme", "birch" })
            (await news.Host.ReadAsync(account)).Numbers.Where(number => number.Evidence.SendFailure is 131031).ShouldHaveSingleItem().VerifiedName.ShouldBe("One");
    }

    [Fact]
    public async Task A_number_to_which_only_copies_come_has_lost_its_role_until_something_comes_to_it()
    {
        await using var news = await TheNews.StartAsync();
        string[] Told() => [.. news.Host.Events.Account.Where(one => one.Reason is "routed_elsewhere").Select(one => one.Kind)];
        await MessageAsync(news, "ours");

        news.Clock.Sleep(TimeSpan.FromHours(23));
        await CopyAsync(news, "theirs");
        Reasons(news, await news.ReadAsync()).ShouldNotContain("routed_elsewhere", "some conversations may be another responder's");

        news.Clock.Sleep(TimeSpan.FromHours(2));
        await CopyAsync(news, "theirs too");
        await CopyAsync(news, "and more");
        Reasons(news, await news.ReadAsync()).ShouldContain("routed_elsewhere");
        Told().ShouldBe(["needs_attention"]);

        await MessageAsync(news, "ours again");
        Reasons(news, await news.ReadAsync()).ShouldNotContain("routed_elsewhere");
        Told().ShouldBe(["needs_attention", "well_again"]);
    }

    [Theory, InlineData("control_passed", false), InlineData("control_taken", true), InlineData("control_lent", true)]
    public async Task A_conversation_that_is_passed_to_the_number_gives_it_its_role_back(string kind, bool isElsewhere)
    {
        await using var news = await TheNews.StartAsync();
        await CopyAsync(news, "theirs");
        Reasons(news, await news.ReadAsync()).ShouldContain("routed_elsewhere", "nothing but a copy ever came");
        news.Clock.Advance(TimeSpan.FromMinutes(1));

        await news.TellAsync("messaging_handovers", $$$"""{"type":"{{{kind}}}","recipient":{"phone_number_id":"{{{news.Number.Id}}}"},"{{{kind}}}":{"new_owner_role":"escalation"}}""");

        Reasons(news, await news.ReadAsync()).Contains("routed_elsewhere").ShouldBe(isElsewhere);
    }

    [Fact]
    public async Task The_same_message_to_be_answered_and_as_a_copy_are_two_items_that_tell_themselves_apart()
    {
        await using var news = await TheNews.StartAsync();

        await CopyAsync(news, "hello");
        await MessageAsync(news, "hello");

        WebhookEvent[] both = [.. news.Host.Events.Events];
        both.Select(one => one.Field).ShouldBe(["standby", "messages"]);
        both.Select(one => ((MessageReceived)one.Content!).MessageId).Distinct().Count().ShouldBe(1);
        both.Select(one => one.Key).Distinct().Count().ShouldBe(2);
        ((MessageReceived)both[0].Content!).ProfileName.ShouldBe("Ada");
    }

    [Fact]
    public void A_copy_that_is_kept_for_later_is_read_again_as_it_was()
    {
        var items = Envelope.Read(System.Text.Json.JsonElement.Parse("""
            {"entry":[{"id":"900","time":1739321024,"changes":[{"field":"standby","value":{"messaging_product":"whatsapp","metadata":{"phone_number_id":"106"},"standby":{
             "contacts":[{"wa_id":"1","profile":{"name":"Ada"}},{"wa_id":"2","profile":{"name":"Bo"}}],
             "messages":[{"from":"1","id":"wamid.A","type":"text","text":{"body":"a"}},{"from":"2","id":"wamid.B","type":"text","text":{"body":"b"}}],"statuses":[{"id":"wamid.C","status":"read"}]} }}]}]}
            """), DateTimeOffset.UnixEpoch);

        items.Count.ShouldBe(3);
        foreach (var item in items)
        {
            var again = Envelope.Read(System.Text.Json.JsonElement.Parse(ItemPayload.Write(item)), DateTimeOffset.UnixEpoch).ShouldHaveSingleItem();
            (again.Key, again.Content, again.Change.Number).ShouldBe((item.Key, item.Content, item.Change.Number));
        }
    }

    private static string[] Reasons(TheNews news, PhoneNumber number) => [.. NumberReasons.Of(number, news.Clock.GetUtcNow()).Select(reason => reason.Code)];

    private static async Task<long> VersionAsync(TheNews news) => (await news.Host.ReadAsync("acme")).Reference.Version;

    private static Task<int?> MessageAsync(TheNews news, string text) => news.TellAsync(
        "messages", $$$"""{"metadata":{"phone_number_id":"{{{news.Number.Id}}}"},"messages":[{"from":"15550001","id":"wamid.{{{text}}}","type":"text","text":{"body":"{{{text}}}"}}]}""");

    private static Task<int?> CopyAsync(TheNews news, string text) => news.TellAsync("standby", $$$"""
        {"metadata":{"phone_number_id":"{{{news.Number.Id}}}"},"standby":{"contacts":[{"wa_id":"15550001","profile":{"name":"Ada"}}],
         "messages":[{"from":"15550001","id":"wamid.{{{text}}}","type":"text","text":{"body":"{{{text}}}"}}]} }
        """);

    private static Task<int?> StatusAsync(TheNews news, string status, int? code = null, int seconds = 0) => news.TellAsync("messages", $$$"""
        {"metadata":{"phone_number_id":"{{{news.Number.Id}}}"},"statuses":[{"id":"wamid.{{{Guid.NewGuid()}}}","status":"{{{status}}}",
         "timestamp":"{{{news.Clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds()}}}","recipient_id":"15550001"{{{(code is null ? "" : $",\"errors\":[{{\"code\":{code}}}]")}}}}]}
        """);
}
