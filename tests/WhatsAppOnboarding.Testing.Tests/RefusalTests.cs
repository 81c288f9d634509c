using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class RefusalTests : MessagingTest
{
    [Theory]
    [InlineData(131031, 403)]
    [InlineData(130429, 400)]
    [InlineData(131056, 400)]
    [InlineData(131042, 400)]
    [InlineData(131016, 500)]
    public async Task A_refusal_has_metas_status_and_sends_nothing(int code, int status)
    {
        Meta.Faults.On(GraphOperations.SendMessage, Fault.Refused(code));
        var refused = await SendTextAsync();
        refused.ShouldFail(status, code);
        ((string?)refused["error"]!["message"]).ShouldStartWith($"(#{code}) ");
        Meta.World.Messages.ShouldBeEmpty();
        (await SendTextAsync()).ShouldSucceed();
    }

    [Theory]
    [InlineData(131042)]
    [InlineData(131049)]
    [InlineData(131026)]
    [InlineData(999999)]
    public async Task A_failure_afterwards_is_a_status_alone(int code)
    {
        await using var app = await ListenAsync();
        Meta.Faults.On(GraphOperations.SendMessage, Fault.FailedStatus(code));
        (await SendTextAsync()).ShouldSucceed();
        await ShouldFailAsync(app, code);
        Meta.World.Messages.ShouldHaveSingleItem().FailureCode.ShouldBe(code);

        (await SendTextAsync()).ShouldSucceed();
        ((string?)(await NextStatusAsync(app))["status"]).ShouldBe("sent");
    }

    [Fact]
    public async Task A_failure_afterwards_can_follow_a_lost_answer()
    {
        Meta.Faults.On(GraphOperations.SendMessage, Fault.AfterEffect(Fault.FailedStatus(131042)));
        (await SendTextAsync()).ShouldSucceed();
        Meta.World.Messages.ShouldHaveSingleItem().FailureCode.ShouldBe(131042);
    }

    [Fact]
    public void A_code_that_is_not_known_names_the_way_out() =>
        Should.Throw<ArgumentException>(() => Fault.Refused(999999)).Message.ShouldContain("Fault.Error");

    [Fact]
    public async Task Without_a_payment_method_every_message_fails_and_health_says_why()
    {
        await using var app = await ListenAsync();
        Waba.HasPaymentMethod = false;
        (await SendAsync("""{"type":"template","template":{"name":"hello_world","language":{"code":"en_US"}}}""")).ShouldSucceed();
        await ShouldFailAsync(app, 131042);

        var health = (await Graph.GetAsync($"/v25.0/{Number.Id}?fields=health_status", Token))["health_status"]!;
        ((string?)health["can_send_message"]).ShouldBe("BLOCKED");
        var waba = health["entities"]!.AsArray().Single(entity => (string?)entity!["entity_type"] == "WABA")!;
        ((int?)waba["errors"]![0]!["error_code"]).ShouldBe(141006);
        ((string?)(await Graph.GetAsync($"/v25.0/{Waba.Id}?fields=health_status", Token))["health_status"]!["can_send_message"]).ShouldBe("BLOCKED");
    }

    [Fact]
    public async Task No_status_is_told_when_statuses_are_off()
    {
        await using var app = await ListenAsync();
        Meta.Webhooks.SendStatuses = false;
        Meta.Faults.On(GraphOperations.SendMessage, Fault.FailedStatus(131042));
        (await SendTextAsync()).ShouldSucceed();
        Meta.Webhooks.SendStatuses = true;
        var next = await SendTextAsync();
        ((string?)(await NextStatusAsync(app))["id"]).ShouldBe((string?)next["messages"]![0]!["id"]);
    }
}
