using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class HappeningTests : EmulatorTest
{
    private string Numbers => $"/v25.0/{Waba.Id}/phone_numbers";

    [Theory]
    [InlineData("PARTNER_REMOVED")]
    [InlineData("PARTNER_APP_UNINSTALLED")]
    [InlineData("disconnected on the phone")]
    public async Task Access_ends_before_the_app_is_told(string what)
    {
        var other = Business.AddWaba("Other");
        var (only, both) = (Meta.World.IssueToken([Waba.Id]).Value, Meta.World.IssueToken([Waba.Id, other.Id]).Value);
        Waba.IsAppSubscribed = true;
        var delivery = await (what switch
        {
            "PARTNER_REMOVED" => Meta.Happenings.RemovePartnerAsync(Waba.Id, Ct),
            "PARTNER_APP_UNINSTALLED" => Meta.Happenings.UninstallAppAsync(Waba.Id, Ct),
            _ => Meta.Happenings.DisconnectBusinessAppAsync(Number.Id, cancellationToken: Ct),
        });
        (await Graph.GetAsync(Numbers, only)).ShouldFail(401, 190, 458);
        (await Graph.GetAsync(Numbers, both)).ShouldFail(400, 100, 33);
        (await Graph.GetAsync($"/v25.0/{other.Id}/phone_numbers", both)).ShouldSucceed();
        Waba.IsAppSubscribed.ShouldBeFalse();
        delivery.Status.ShouldBe(DeliveryStatus.NoCallback, "it would have been sent");
        delivery.Payload.ShouldContain(what.StartsWith("PARTNER_", StringComparison.Ordinal) ? what : "disconnection_info");
    }

    [Fact]
    public async Task The_same_event_alone_changes_nothing()
    {
        var token = Meta.World.IssueToken().Value;
        await Meta.Webhooks.SendAsync(MetaAccountUpdates.PartnerRemoved(Waba), Ct);
        (await Graph.GetAsync(Numbers, token)).ShouldSucceed();
    }

    [Fact]
    public async Task A_deleted_account_is_gone_but_the_token_lives()
    {
        var token = Meta.World.IssueToken().Value;
        Waba.IsAppSubscribed = true;
        var delivery = await Meta.Happenings.DeleteAccountAsync(Waba.Id, Ct);
        delivery.Status.ShouldBe(DeliveryStatus.NoCallback, "it would have been sent");
        (await Graph.GetAsync(Numbers, token)).ShouldFail(400, 100, 33);
        (await Graph.GetAsync($"/v25.0/{Number.Id}", token)).ShouldFail(400, 100, 33);
        ((bool)(await Graph.DebugAsync(token))["data"]!["is_valid"]!).ShouldBeTrue();
        Meta.World.FindWaba(Waba.Id).ShouldBeNull();
        Business.Wabas.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_offboarded_sends_fail_and_reads_go_on()
    {
        var token = Meta.World.IssueToken().Value;
        await Meta.Happenings.OffboardAsync(Waba.Id, cancellationToken: Ct);
        (await SendAsync(token)).ShouldFail(400, 133010);
        (await Graph.GetAsync(Numbers, token)).ShouldSucceed();
        await Meta.Happenings.ReconnectAsync(Waba.Id, lowerCase: true, Ct);
        (await SendAsync(token)).ShouldSucceed();
        Meta.Webhooks.Deliveries[^1].Payload.ShouldContain("account_reconnected");
    }

    [Fact]
    public async Task A_disabled_account_cannot_send_until_it_is_reinstated()
    {
        var token = Meta.World.IssueToken().Value;
        await Meta.Happenings.DisableAsync(Waba.Id, Ct);
        (await SendAsync(token)).ShouldFail(403, 131031);
        ((string?)(await Graph.GetAsync($"/v25.0/{Waba.Id}?fields=status", token))["status"]).ShouldBe("DISABLED");
        await Meta.Happenings.ReinstateAsync(Waba.Id, Ct);
        (await SendAsync(token)).ShouldSucceed();
    }

    [Fact]
    public async Task A_pin_changed_elsewhere_is_the_one_that_register_wants()
    {
        var token = Meta.World.IssueToken().Value;
        await Meta.Happenings.ChangePinAsync(Number.Id, "123456", Ct);
        (await Graph.PostAsync($"/v25.0/{Number.Id}/register", token, new { messaging_product = "whatsapp", pin = "654321" })).ShouldFail(400, 133005);
        Meta.Webhooks.Deliveries.ShouldHaveSingleItem().Payload.ShouldContain("PIN_CHANGED");
    }

    private Task<GraphReply> SendAsync(string token) =>
        Graph.PostAsync($"/v25.0/{Number.Id}/messages", token, new { messaging_product = "whatsapp", to = "1650", text = new { body = "Hi" } });
}
