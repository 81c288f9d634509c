using System.Diagnostics;
using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

/// <summary>Meta as a whole is down, slow or throttled, and its headers say how much of the limits is used.</summary>
public sealed class UsageHeaderTests : MessagingTest
{
    private string Numbers => $"/v25.0/{Waba.Id}/phone_numbers";

    [Fact]
    public async Task Usage_follows_from_the_calls_of_the_last_hour()
    {
        foreach (var number in Waba.Numbers)
            number.Deregister();
        GraphReply reply = null!;
        for (var call = 0; call < 20; call++)
            reply = await Graph.GetAsync(Numbers, Token);
        Own(reply).ShouldBe((10, 0), "20 of the 200 calls of a WABA without a registered number");
        ((int)App(reply)["call_count"]!).ShouldBe(0, "calls about a WABA are not the app's");

        Number.Recover();
        Own(await Graph.GetAsync($"/v25.0/{Number.Id}", Token)).Percent.ShouldBe(0, "21 of 5,000");

        Number.Deregister();
        Clock.Advance(TimeSpan.FromHours(1));
        Own(await Graph.GetAsync(Numbers, Token)).Percent.ShouldBe(0);
    }

    [Fact]
    public async Task Calls_about_no_account_count_for_the_app_alone()
    {
        GraphReply reply = null!;
        for (var call = 0; call < 10; call++)
            reply = await Graph.GetAsync("/v25.0/me", Token);
        ((int)App(reply)["call_count"]!).ShouldBe(5, "10 of the 200 of one user");
        reply.Header("X-Business-Use-Case-Usage").ShouldBeNull();
        Meta.World.IssueToken();
        ((int)App(await Graph.GetAsync("/v25.0/me", Token))["call_count"]!).ShouldBe(2, "11 of the 400 of two");
    }

    [Fact]
    public async Task The_headers_can_be_switched_off()
    {
        Options.SendUsageHeaders = false;
        var reply = await Graph.GetAsync(Numbers, Token);
        (reply.Header("X-App-Usage"), reply.Header("X-Business-Use-Case-Usage")).ShouldBe((null, null));
    }

    [Fact]
    public async Task Over_the_limit_management_calls_are_refused_where_limits_are_enforced()
    {
        foreach (var number in Waba.Numbers)
            number.Deregister();
        for (var call = 0; call < 200; call++)
            (await Graph.GetAsync(Numbers, Token)).ShouldSucceed();
        Clock.Advance(TimeSpan.FromMinutes(20));
        (await Graph.GetAsync(Numbers, Token)).ShouldSucceed();

        Options.EnforceRateLimits = true;
        var refused = await Graph.GetAsync(Numbers, Token);
        refused.ShouldFail(400, 80008);
        Own(refused).ShouldBe((101, 40));
        (await Graph.GetAsync($"/v25.0/{Business.AddWaba("Other").Id}", Meta.World.IssueToken().Value)).ShouldSucceed();

        Clock.Advance(TimeSpan.FromMinutes(40));
        (await Graph.GetAsync(Numbers, Token)).ShouldSucceed();
    }

    [Fact]
    public async Task A_percentage_that_is_set_stays_until_recovery_and_refuses_nothing()
    {
        Meta.Service.SetUsage(95, Waba.Id);
        Meta.Service.SetUsage(80);
        var reply = await Graph.GetAsync(Numbers, Token);
        reply.ShouldSucceed();
        (Own(reply), (int)App(reply)["call_count"]!).ShouldBe(((95, 0), 80));

        Meta.Service.Recover();
        reply = await Graph.GetAsync(Numbers, Token);
        (Own(reply).Percent, (int)App(reply)["call_count"]!).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_throttled_account_is_refused_for_its_minutes_and_no_other_one_is()
    {
        var other = Business.AddWaba("Other");
        var token = Meta.World.IssueToken().Value;
        Meta.Service.Throttle(Waba.Id, minutes: 19);
        var refused = await Graph.GetAsync(Numbers, token);
        refused.ShouldFail(400, 80008);
        Own(refused).ShouldBe((100, 19));
        (await SendTextAsync()).ShouldFail(400, 80007);
        (await Graph.GetAsync($"/v25.0/{other.Id}", token)).ShouldSucceed();

        Clock.Advance(TimeSpan.FromMinutes(18.5));
        Own(await Graph.GetAsync(Numbers, token)).ShouldBe((100, 1));
        Clock.Advance(TimeSpan.FromMinutes(1));
        (await Graph.GetAsync(Numbers, token)).ShouldSucceed();
    }

    [Fact]
    public async Task A_throttled_app_is_refused_everything()
    {
        Meta.Service.Throttle();
        var refused = await Graph.GetAsync(Numbers, Token);
        refused.ShouldFail(400, 4);
        ((int)App(refused)["call_count"]!).ShouldBe(100);
        (await Graph.DebugAsync(Token)).ShouldFail(400, 4);
        (await SendTextAsync()).ShouldFail(400, 4);

        Meta.Service.Recover();
        (await Graph.DebugAsync(Token)).ShouldSucceed();
    }

    [Fact]
    public async Task While_meta_is_down_every_call_is_503_and_does_nothing()
    {
        Meta.Service.GoDown();
        Meta.Service.IsDown.ShouldBeTrue();
        var refused = await Graph.PostAsync($"/v25.0/{Waba.Id}/subscribed_apps", Token);
        refused.ShouldFail(503, 2);
        ((bool)refused["error"]!["is_transient"]!).ShouldBeTrue();
        (await Graph.DebugAsync(Token)).ShouldFail(503, 2);
        Waba.IsAppSubscribed.ShouldBeFalse();

        Meta.Service.Recover();
        (await Graph.PostAsync($"/v25.0/{Waba.Id}/subscribed_apps", Token)).ShouldSucceed();
    }

    [Fact]
    public async Task While_meta_is_silent_no_answer_comes_before_the_caller_gives_up()
    {
        Meta.Service.GoDown(silent: true);
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        givenUp.CancelAfter(TimeSpan.FromMilliseconds(200));
        await Should.ThrowAsync<OperationCanceledException>(Graph.Http.GetAsync(Numbers, givenUp.Token));
        Meta.Service.Recover();
        (await Graph.GetAsync(Numbers, Token)).ShouldSucceed();
    }

    [Fact]
    public async Task While_meta_is_slow_every_right_answer_is_late()
    {
        Meta.Service.SlowDown(TimeSpan.FromMilliseconds(150));
        var started = Stopwatch.GetTimestamp();
        (await Graph.GetAsync(Numbers, Token)).ShouldSucceed();
        Stopwatch.GetElapsedTime(started).ShouldBeGreaterThan(TimeSpan.FromMilliseconds(140));
        Meta.Service.Recover();
        Meta.Service.Delay.ShouldBe(TimeSpan.Zero);
    }

    private static JsonNode App(GraphReply reply) => JsonNode.Parse(reply.Header("X-App-Usage")!)!;

    private (int Percent, int Minutes) Own(GraphReply reply)
    {
        var usage = JsonNode.Parse(reply.Header("X-Business-Use-Case-Usage")!)![Waba.Id]![0]!;
        ((string?)usage["type"]).ShouldNotBeNullOrEmpty();
        return ((int)usage["call_count"]!, (int)usage["estimated_time_to_regain_access"]!);
    }
}
