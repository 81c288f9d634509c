using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Disconnect;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Tests.Setup;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.Tests.Disconnect;

/// <summary>A disconnect is a job: each step is shown, what is open is repeated by itself, and what may be done only once is done only once.</summary>
public sealed class DisconnectJobTests
{
    private const string Route = "/api/integrations/whatsapp/disconnect";

    private static readonly AccountId Acme = AccountId.Parse("acme");
    private static readonly DisconnectScope AndDeregister = new() { Deregister = true };

    [Fact]
    public async Task What_is_open_says_when_it_is_tried_again_and_upkeep_does_it()
    {
        await using var number = await ANumber.StartAsync(null, Impatient);
        await number.ConnectAsync();
        number.Faults.On(GraphOperations.UnsubscribeApp, Fault.Reset());

        var first = await number.Host.DisconnectAsync("acme");

        (first.Disconnected.Count, first.Unsubscribed.Count, first.Open.Values.Single(), first.TokenKept.Single()).ShouldBe((1, 0, "meta_unreachable", number.Id));
        first.NextTryAt!.Value.ShouldBeInRange(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddHours(6));
        var shown = (await number.StatusAsync()).GetProperty("openSteps")[0];
        (shown.GetProperty("step").GetString(), shown.GetProperty("nextTryAt").GetDateTimeOffset()).ShouldBe(("unsubscribe", first.NextTryAt.Value));

        await LookAfterAsync(number);

        number.AtMeta.Waba.IsAppSubscribed.ShouldBeFalse();
        var saved = await number.ReadAsync();
        (saved.Token, saved.OpenSteps.Count).ShouldBe((null, 0));
    }

    [Fact]
    public async Task A_disconnect_that_is_whole_names_what_it_left_and_keeps_no_token()
    {
        await using var number = await ANumber.StartAsync();
        await number.ConnectAsync();

        var result = await number.Host.DisconnectAsync("acme");

        result.Unsubscribed.ShouldBe([WabaId.Parse(number.AtMeta.Waba.Id)]);
        (result.Open.Count, result.NextTryAt, result.TokenKept.Count, result.Deregistered.Count, result.NotDeregistered.Count).ShouldBe((0, null, 0, 0, 0));
        (number.AtMeta.PlatformType, number.Calls(GraphOperations.Deregister)).ShouldBe(("CLOUD_API", 0));
    }

    [Fact]
    public async Task A_number_is_deregistered_where_that_is_ordered()
    {
        await using var number = await ANumber.StartAsync();
        await number.ConnectAsync();

        var result = await number.Host.DisconnectAsync("acme", AndDeregister);

        result.Deregistered.ShouldBe([number.Id]);
        (number.AtMeta.PlatformType, number.Calls(GraphOperations.Deregister)).ShouldBe(("NOT_APPLICABLE", 1));
        var saved = await number.ReadAsync();
        (saved.Token, saved.OpenSteps.Count, saved.Running).ShouldBe((null, 0, null));
        (await number.Host.DisconnectAsync("acme", AndDeregister)).Deregistered.ShouldBeEmpty();
        number.Calls(GraphOperations.Deregister).ShouldBe(1);
    }

    [Fact]
    public async Task A_number_of_the_business_app_is_never_deregistered()
    {
        await using var number = await ANumber.StartAsync(ANumber.OnBusinessApp);
        await number.ConnectAsync();

        var result = await number.Host.DisconnectAsync("acme", AndDeregister);

        result.NotDeregistered.ShouldBe([new(number.Id, "on_business_app")]);
        (number.Calls(GraphOperations.Deregister), (await number.ReadAsync()).Token).ShouldBe((0, null));
    }

    [Fact]
    public async Task A_number_that_came_to_the_business_app_since_is_looked_at_first()
    {
        await using var number = await ANumber.StartAsync();
        await number.ConnectAsync();
        number.AtMeta.IsOnBizApp = true;

        (await number.Host.DisconnectAsync("acme", AndDeregister)).NotDeregistered.ShouldBe([new(number.Id, "on_business_app")]);

        number.Calls(GraphOperations.Deregister).ShouldBe(0);
    }

    [Fact]
    public async Task A_number_that_another_account_holds_is_not_taken_from_it()
    {
        await using var number = await ANumber.StartAsync();
        await number.ConnectAsync();
        await number.ConnectAsync("birch");

        var result = await number.Host.DisconnectAsync("acme", AndDeregister);

        result.NotDeregistered.ShouldBe([new(number.Id, "number_shared")]);
        (number.Calls(GraphOperations.Deregister), (await number.StatusAsync("birch")).GetProperty("connected").GetBoolean()).ShouldBe((0, true));
        var open = (await number.StatusAsync()).GetProperty("openSteps")[0];
        (open.GetProperty("step").GetString(), open.GetProperty("code").GetString()).ShouldBe(("deregister", "number_shared"));
    }

    [Fact]
    public async Task A_deregistration_whose_answer_is_lost_is_shown_and_never_sent_again()
    {
        await using var number = await ANumber.StartAsync(null, Impatient);
        await number.ConnectAsync();
        number.Faults.On(GraphOperations.Deregister, Fault.AfterEffect());

        (await number.Host.DisconnectAsync("acme", AndDeregister)).NotDeregistered.ShouldBe([new(number.Id, "meta_unreachable")]);
        await LookAfterAsync(number);

        number.Calls(GraphOperations.Deregister).ShouldBe(1);
        (await number.OpenAsync()).ShouldBe(["deregister: meta_unreachable"]);
    }

    [Fact]
    public async Task Deregistering_and_registering_share_metas_limit()
    {
        await using var number = await ANumber.StartAsync();
        await number.ConnectAsync();
        for (var used = 0; used < 10; used++)
            await number.Host.UseAsync<MetaCalls, bool>(calls => calls.TakeAsync(number.Id, StepTable.Register, DateTimeOffset.UtcNow));

        (await number.Host.DisconnectAsync("acme", AndDeregister)).NotDeregistered.ShouldBe([new(number.Id, "register_limit")]);

        number.Calls(GraphOperations.Deregister).ShouldBe(0);
    }

    [Fact]
    public async Task What_was_written_down_and_not_begun_is_done_by_upkeep()
    {
        await using var number = await ANumber.StartAsync();
        await number.ConnectAsync();

        // As a process leaves it that dies behind its commit.
        var change = new DisconnectChange(AndDeregister, DateTimeOffset.UtcNow);
        await number.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(Acme, change.Apply));
        (await number.OpenAsync()).ShouldBe(["unsubscribe: pending", "deregister: pending"]);

        await LookAfterAsync(number);

        (number.AtMeta.PlatformType, number.AtMeta.Waba.IsAppSubscribed, (await number.ReadAsync()).Token).ShouldBe(("NOT_APPLICABLE", false, null));
        (await number.OpenAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_under_way_is_not_begun_by_another_node()
    {
        await using var number = await ANumber.StartAsync();
        await number.ConnectAsync();
        var held = number.Faults.Hold(GraphOperations.Deregister);
        var disconnecting = number.Host.DisconnectAsync("acme", AndDeregister);
        await held.Reached;
        (await number.OpenAsync()).ShouldBe(["deregister: meta_timeout"], "so that it is known as begun, should this process die now");

        await LookAfterAsync(number);
        held.Release();

        (await disconnecting).Deregistered.ShouldBe([number.Id]);
        number.Calls(GraphOperations.Deregister).ShouldBe(1);
    }

    [Fact]
    public async Task A_pin_is_offered_before_it_goes()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        await number.ConnectAsync();
        var pin = number.AtMeta.TwoStepPin;

        (await number.Host.DisconnectAsync("acme", AndDeregister)).PinStored.ShouldBe([number.Id]);

        (await number.ReadPinAsync())!.Pin.Reveal().ShouldBe(pin!);
        (await number.Host.UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.EraseAsync(Acme))).PinStored.ShouldBe([number.Id]);
        (await number.ReadPinAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task The_route_takes_the_order_and_answers_each_step()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        await number.ConnectAsync();
        using var api = number.Host.OpenApi("acme");
        foreach (var odd in (object[])[new { deregister = "yes" }, new { deregister = (bool?)null }, new { revoke = true }])
            (await api.PostAsJsonAsync(Route, odd, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await number.ReadAsync()).IsHeld.ShouldBeTrue();

        var answer = await Browser.JsonAsync(await api.PostAsJsonAsync(Route, new { deregister = true }, TestContext.Current.CancellationToken));

        string[] Ids(string name) => [.. answer.GetProperty(name).EnumerateArray().Select(id => id.GetString()!)];
        (Ids("disconnected"), Ids("unsubscribed"), Ids("deregistered"), Ids("tokenKept"), Ids("pinStored")).ShouldSatisfyAllConditions(
            all => all.Item1.ShouldBe([number.AtMeta.Id]),
            all => all.Item2.ShouldBe([number.AtMeta.Waba.Id]),
            all => all.Item3.ShouldBe([number.AtMeta.Id]),
            all => all.Item4.ShouldBeEmpty(),
            all => all.Item5.ShouldBe([number.AtMeta.Id]));
        (answer.GetProperty("openSteps").GetArrayLength(), answer.GetProperty("notDeregistered").GetArrayLength()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_dead_token_leaves_a_step_that_only_a_person_can_do_and_the_answer_says_so()
    {
        await using var number = await ANumber.StartAsync();
        await number.ConnectAsync();
        number.Host.Meta.World.RevokeAll();
        using var api = number.Host.OpenApi("acme");

        var answer = await Browser.JsonAsync(await api.PostAsJsonAsync(Route, new { }, TestContext.Current.CancellationToken));

        var open = answer.GetProperty("openSteps").EnumerateArray().ShouldHaveSingleItem();
        (open.GetProperty("code").GetString(), open.TryGetProperty("nextTryAt", out _)).ShouldBe(("token_invalid", false));
        answer.GetProperty("action").GetString().ShouldNotBeNull().ShouldStartWith("Remove this service yourself");
        (await number.StatusAsync()).GetProperty("findings")[0].GetProperty("code").GetString().ShouldBe("still_subscribed");
    }

    private static void Impatient(HostSetup setup) => setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);

    private static async Task LookAfterAsync(ANumber number) => await number.Host.UseAsync<AccountRound, bool>(async round =>
    {
        await round.RunAsync(Acme, TestContext.Current.CancellationToken);
        return true;
    });
}
