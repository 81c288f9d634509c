using System.Diagnostics;
using System.Text.Json;
using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class FaultTests : EmulatorTest
{
    private string Path => $"/v25.0/{Waba.Id}/subscribed_apps";

    private string Token => Meta.World.IssueToken().Value;

    [Fact]
    public async Task An_error_comes_as_often_as_planned_and_without_the_effect()
    {
        Meta.Faults.On(GraphOperations.SubscribeApp, Fault.Error(400, 80008, isTransient: true), times: 2);
        var first = await Graph.PostAsync(Path, Token);
        first.ShouldFail(400, 80008);
        ((bool?)first["error"]!["is_transient"]).ShouldBe(true);
        (await Graph.PostAsync(Path, Token)).ShouldFail(400, 80008);
        Waba.IsAppSubscribed.ShouldBeFalse();
        (await Graph.PostAsync(Path, Token)).ShouldSucceed();
    }

    [Fact]
    public async Task A_fault_can_be_meant_for_one_object_and_leaves_other_operations_alone()
    {
        var second = Business.AddWaba("Second WABA");
        Meta.Faults.On(GraphOperations.SubscribeApp, Fault.Error(500, 2), when: call => call.Path.Contains(second.Id));
        (await Graph.PostAsync(Path, Token)).ShouldSucceed();
        (await Graph.GetAsync(Path, Token)).ShouldSucceed();
        (await Graph.PostAsync($"/v25.0/{second.Id}/subscribed_apps", Token)).ShouldFail(500, 2);
    }

    [Fact]
    public async Task A_lost_answer_leaves_the_effect_and_a_reset_does_not()
    {
        Meta.Faults.On(GraphOperations.SubscribeApp, Fault.Reset());
        await Should.ThrowAsync<HttpRequestException>(() => Graph.PostAsync(Path, Token));
        Waba.IsAppSubscribed.ShouldBeFalse();

        Meta.Faults.On(GraphOperations.SubscribeApp, Fault.AfterEffect());
        await Should.ThrowAsync<HttpRequestException>(() => Graph.PostAsync(Path, Token));
        Waba.IsAppSubscribed.ShouldBeTrue();
        Meta.Calls.Of(GraphOperations.SubscribeApp)[1].Status.ShouldBeNull();
    }

    [Fact]
    public async Task A_lost_answer_can_be_replaced_by_an_error()
    {
        Meta.Faults.On(GraphOperations.SubscribeApp, Fault.AfterEffect(Fault.Error(503, 2)));
        (await Graph.PostAsync(Path, Token)).ShouldFail(503, 2);
        Waba.IsAppSubscribed.ShouldBeTrue();
    }

    [Fact]
    public async Task Bodies_can_be_html_cut_short_misshapen_or_huge()
    {
        Meta.Faults
            .On(GraphOperations.Me, Fault.Html(502))
            .On(GraphOperations.Me, Fault.Truncated())
            .On(GraphOperations.Me, Fault.WrongJson())
            .On(GraphOperations.Me, Fault.Oversized(100_000));
        await Should.ThrowAsync<JsonException>(() => Graph.GetAsync("/v25.0/me", Token));
        await Should.ThrowAsync<HttpRequestException>(() => Graph.GetAsync("/v25.0/me", Token));
        (await Graph.GetAsync("/v25.0/me", Token))["id"]!.GetValueKind().ShouldBe(JsonValueKind.Object);
        (await Graph.GetAsync("/v25.0/me", Token)).Body.ToJsonString().Length.ShouldBe(100_000);
        (await Graph.GetAsync("/v25.0/me", Token)).ShouldSucceed();
    }

    [Fact]
    public async Task A_held_call_waits_at_the_gate_until_it_is_released()
    {
        var held = Meta.Faults.Hold(GraphOperations.SubscribeApp);
        var call = Graph.PostAsync(Path, Token);
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(10), Ct);
        Waba.IsAppSubscribed.ShouldBeFalse();
        call.IsCompleted.ShouldBeFalse();
        held.Release();
        (await call).ShouldSucceed();
        Waba.IsAppSubscribed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_call_can_be_held_between_its_effect_and_its_answer()
    {
        var held = Meta.Faults.Hold(GraphOperations.SubscribeApp, afterEffect: true);
        var call = Graph.PostAsync(Path, Token);
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(10), Ct);
        Waba.IsAppSubscribed.ShouldBeTrue();
        Meta.Faults.Clear();
        (await call).ShouldSucceed();
    }

    [Fact]
    public async Task An_emulator_with_hanging_calls_stops_quickly()
    {
        Meta.Faults.On(GraphOperations.Me, Fault.Hang());
        var held = Meta.Faults.Hold(GraphOperations.Me);
        var call = Graph.GetAsync("/v25.0/me", Token);
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(10), Ct);
        held.Release();
        var clock = Stopwatch.StartNew();
        await Meta.DisposeAsync();
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<HttpRequestException>(() => call);
    }

    [Fact]
    public async Task A_hanging_call_ends_when_the_caller_leaves()
    {
        Meta.Faults.On(GraphOperations.Me, Fault.Hang());
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));
        await Should.ThrowAsync<OperationCanceledException>(() => Graph.Http.GetAsync("/v25.0/me", patience.Token));
    }
}
