using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

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
        await host.DisconnectAsync("acme", new DisconnectScope { PhoneNumberId = PhoneNumberId.Parse(one.Id) });
        await client.DeliverAsync(host, SignedPost.Text(waba.Id, one.Id, "after"));
        (await client.DeliverAsync(host, SignedPost.Text(waba.Id, two.Id, "other"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        host.Events.TextsOf("acme").ShouldBe(["first", "other"]);
    }

    [Fact]
    public async Task A_write_of_one_account_forgets_nothing_of_the_numbers_of_others()
    {
        await using var host = await TheHost.StartAsync(setup => setup["Webhooks:RoutingCacheLife"] = "00:01:00");
        var (one, two) = (await ConnectAsync("acme", "+1 631-555-0100"), await ConnectAsync("birch", "+1 631-555-0101"));
        using var client = host.OpenApi(null);

        // That something comes in is noted with the first message of each.
        foreach (var number in new[] { one, two })
            (await client.DeliverAsync(host, SignedPost.Text(number.Waba.Id, number.Id, "first"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await client.DeliverAsync(host, SignedPost.Text(two.Waba.Id, two.Id, "second"));
        host.App.Services.GetRequiredService<InMemoryPhoneNumbers>().Accounts.Clear();
        await host.UseAsync<NumberAuthority, PhoneNumberWrite>(numbers => numbers.WriteAsync(AccountId.Parse("acme"), _ => []));

        await client.DeliverAsync(host, SignedPost.Text(two.Waba.Id, two.Id, "third"));

        host.Events.TextsOf("birch").ShouldBe(["first", "second", "third"], "it is still remembered who holds the number");

        async Task<EmulatedNumber> ConnectAsync(string account, string phone)
        {
            var waba = host.Meta.World.AddBusiness(account).AddWaba(account);
            var number = waba.AddNumber(phone, account);
            await host.ConnectAsync(account, waba);
            return number;
        }
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
    public async Task While_one_waba_is_being_connected_deliveries_of_others_are_taken()
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        var business = host.Meta.World.AddBusiness("Lucky Shrub");
        var (mine, other) = (business.AddWaba("Main"), business.AddWaba("Other"));
        var (number, stranger) = (mine.AddNumber("+1 631-555-0100", "One"), other.AddNumber("+1 631-555-0101", "Two"));
        using var client = host.OpenApi(null);
        using var api = host.OpenApi("acme");
        var body = new { code = host.Meta.IssuePopupCode([mine.Id]), state = await api.StartPopupStateAsync(), wabaId = mine.Id };

        // Before anything is subscribed, and while it is.
        var exchange = host.Meta.Faults.Hold(GraphOperations.ExchangeCode);
        var connecting = api.PostAsync(body);
        await exchange.Reached;
        (await client.DeliverAsync(host, SignedPost.Text(mine.Id, number.Id, "before"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var subscribing = host.Meta.Faults.Hold(GraphOperations.SubscribeApp);
        exchange.Release();
        await subscribing.Reached;
        for (var times = 0; times < 20; times++)
            (await client.DeliverAsync(host, SignedPost.Text(other.Id, stranger.Id, $"other {times}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.DeliverAsync(host, SignedPost.Text(mine.Id, number.Id, "early"))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        subscribing.Release();
        (await connecting).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.DeliverAsync(host, SignedPost.Text(mine.Id, number.Id, "early"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Events.TextsOf("acme").ShouldBe(["early"]);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task After_a_connect_that_saved_nothing_or_only_another_number_deliveries_are_taken_at_once(bool fails)
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup["NumberChoice"] = "Chosen";
        });
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var (number, stranger) = (waba.AddNumber("+1 631-555-0100", "One"), waba.AddNumber("+1 631-555-0101", "Two"));
        using var client = host.OpenApi(null);
        using var api = host.OpenApi("acme");
        if (fails)
            host.Meta.Faults.On(GraphOperations.DebugToken, Fault.Html(200), int.MaxValue);
        await api.PostAsync(new { code = host.Meta.IssuePopupCode(), state = await api.StartPopupStateAsync(), wabaId = waba.Id, phoneNumberId = number.Id });

        (await client.DeliverAsync(host, SignedPost.Text(waba.Id, stranger.Id, "nobody's"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_nobody_knows_whether_a_waba_was_subscribed_its_deliveries_come_again()
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "One");
        using var client = host.OpenApi(null);
        using var api = host.OpenApi("acme");
        host.Meta.Faults.On(GraphOperations.SubscribeApp, Fault.Html(502), int.MaxValue);
        var connected = await api.PostAsync(new { code = host.Meta.IssuePopupCode(), state = await api.StartPopupStateAsync(), wabaId = waba.Id });
        (await ApiConnect.CodeOf(connected)).ShouldBe("incomplete");

        (await client.DeliverAsync(host, SignedPost.Text(waba.Id, number.Id, "early"))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Theory, InlineData("""{"metadata":{"display_phone_number":"16315550100"},"messages":[{"id":"wamid.X"}]}"""), InlineData("""{"messages":[{"id":"wamid.X"}]}""")]
    public async Task A_message_whose_number_is_not_named_reaches_nobody_of_the_WABA(string value)
    {
        await using var host = await TheHost.StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        using var client = host.OpenApi(null);
        await host.ConnectAsync("acme");

        (await client.DeliverAsync(host, SignedPost.Change(waba.Id, "messages", value))).StatusCode.ShouldBe(HttpStatusCode.OK);

        host.Events.Events.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reports_of_two_members_of_a_group_and_of_two_times_are_told_each()
    {
        await using var host = await TheHost.StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "One");
        using var client = host.OpenApi(null);
        await host.ConnectAsync("acme");
        string[] reports = [Report("1", "1790000000"), Report("2", "1790000000"), Report("2", "1790000009"), Report("2", "1790000009")];

        await client.DeliverAsync(host, SignedPost.Change(waba.Id, "messages", $$"""{"statuses":[{{string.Join(',', reports)}}]}""", number.Id));

        host.Events.Events.Select(told => told.Key).Distinct().Count().ShouldBe(3);
        host.Events.Events.Count.ShouldBe(3);

        static string Report(string member, string time) =>
            $$"""{"id":"wamid.G","status":"read","timestamp":"{{time}}","recipient_id":"G","recipient_type":"group","recipient_participant_id":"{{member}}"}""";
    }

    [Fact]
    public async Task The_same_error_of_two_numbers_and_the_same_event_of_two_times_are_told_each()
    {
        await using var host = await TheHost.StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var (one, two) = (waba.AddNumber("+1 631-555-0100", "One"), waba.AddNumber("+1 631-555-0101", "Two"));
        using var client = host.OpenApi(null);
        await host.ConnectAsync("acme");

        foreach (var number in new[] { one, two })
            await client.DeliverAsync(host, SignedPost.Change(waba.Id, "messages", """{"errors":[{"code":131000}]}""", number.Id));
        foreach (var time in new[] { "1790000000000", "1790500000000" })
            await client.DeliverAsync(host, SignedPost.Change(waba.Id, "account_update", """{"event":"NEW"}""").Replace("1739321024", time, StringComparison.Ordinal));

        host.Events.Events.Select(told => told.Key).Distinct().Count().ShouldBe(4);
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
