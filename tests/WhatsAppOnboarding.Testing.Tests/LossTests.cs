using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

/// <summary>What numbers and accounts lose at Meta by one call: what Meta answers then, and what it sends.</summary>
public sealed class LossTests : MessagingTest
{
    private const string Template = """{"type":"template","template":{"name":"hello_world","language":{"code":"en_US"}}}""";

    private string Numbers => $"/v25.0/{Waba.Id}/phone_numbers";

    [Fact]
    public async Task A_removed_number_is_gone_and_a_deregistered_one_cannot_send()
    {
        var support = Waba.Numbers[1];
        Waba.IsAppSubscribed = true;
        var told = Value(await Meta.Happenings.RemoveNumberAsync(support.Id, Ct));
        ((string?)told["event"], (string?)told["phone_number"]).ShouldBe(("PHONE_NUMBER_REMOVED", "16315550101"));
        (await Graph.GetAsync(Numbers, Token)).Ids.ShouldBe([Number.Id]);
        (await Graph.GetAsync($"/v25.0/{support.Id}", Token)).ShouldFail(400, 100, 33);

        Number.Deregister();
        (await SendTextAsync()).ShouldFail(400, 133010);
        (await ReadAsync("status,platform_type")).ShouldBe(("PENDING", "NOT_APPLICABLE", "BLOCKED"));

        Number.Recover();
        (await SendTextAsync()).ShouldSucceed();
        (await ReadAsync("status,platform_type")).ShouldBe(("CONNECTED", "CLOUD_API", "AVAILABLE"));
    }

    [Fact]
    public async Task A_banned_or_restricted_number_is_refused_and_told()
    {
        var ban = Value(await Meta.Happenings.BanNumberAsync(Number.Id, Ct));
        ((string?)ban["event"], (string?)ban["phone_number"]).ShouldBe(("ACCOUNT_VIOLATION", "16315550100"));
        (await SendTextAsync()).ShouldFail(403, 131031);
        (await ReadAsync("status,platform_type")).ShouldBe(("BANNED", "CLOUD_API", "BLOCKED"));

        var restriction = Value(await Meta.Happenings.RestrictNumberAsync(Number.Id, cancellationToken: Ct));
        ((string?)restriction["event"], (string?)restriction["restriction_info"]![0]!["restriction_type"]).ShouldBe(("ACCOUNT_RESTRICTION", "RESTRICTED_BIZ_INITIATED_MESSAGING"));
        (await SendTextAsync()).ShouldFail(403, 368);
        (await ReadAsync("status,platform_type")).ShouldBe(("RESTRICTED", "CLOUD_API", "BLOCKED"));

        Number.Recover();
        (await SendTextAsync()).ShouldSucceed();
    }

    [Fact]
    public async Task A_flagged_number_still_sends_and_says_limited_until_it_is_well()
    {
        Event(await Meta.Happenings.FlagNumberAsync(Number.Id, Ct)).ShouldBe("FLAGGED");
        (await ReadAsync("status,quality_rating")).ShouldBe(("FLAGGED", "RED", "LIMITED"));
        (await SendTextAsync()).ShouldSucceed();

        Event(await Meta.Happenings.UnflagNumberAsync(Number.Id, Ct)).ShouldBe("UNFLAGGED");
        (await ReadAsync("status,quality_rating")).ShouldBe(("CONNECTED", "GREEN", "AVAILABLE"));

        Number.Status = "RATE_LIMITED";
        (await SendTextAsync()).ShouldFail(400, 131048);
        (await ReadAsync("status,quality_rating")).ShouldBe(("RATE_LIMITED", "GREEN", "LIMITED"));
    }

    [Theory]
    [InlineData("RESTRICTED_BIZ_INITIATED_MESSAGING", true, false)]
    [InlineData("RESTRICTED_CUSTOMER_INITIATED_MESSAGING", false, true)]
    [InlineData("RESTRICTED_ADD_PHONE_NUMBER_ACTION", false, false)]
    public async Task A_restricted_account_refuses_what_its_restriction_names(string type, bool templates, bool answers)
    {
        Value(await Meta.Happenings.RestrictAsync(Waba.Id, type, Clock.GetUtcNow().AddDays(3), Ct))["restriction_info"]![0]!["expiration"].ShouldNotBeNull();
        (await SendAsync(Template)).Status.ShouldBe(templates ? 403 : 200);
        (await SendTextAsync()).Status.ShouldBe(answers ? 403 : 200);
        (await ReadAsync("status,quality_rating")).Health.ShouldBe("LIMITED");

        Waba.Restriction = null;
        (await SendAsync(Template)).ShouldSucceed();
        (await SendTextAsync()).ShouldSucceed();
    }

    [Fact]
    public async Task The_end_of_payment_shows_in_statuses_and_health_until_it_is_back()
    {
        await using var app = await ListenAsync();
        Waba.HasPaymentMethod = false;
        (await SendTextAsync()).ShouldSucceed();
        await ShouldFailAsync(app, 131042);
        (await ReadAsync("status,quality_rating")).Health.ShouldBe("BLOCKED");

        Waba.HasPaymentMethod = true;
        (await SendTextAsync()).ShouldSucceed();
        ((string?)(await NextStatusAsync(app))["status"]).ShouldBe("sent");
        (await ReadAsync("status,quality_rating")).Health.ShouldBe("AVAILABLE");
    }

    [Fact]
    public async Task A_refused_name_is_told_and_keeps_the_number_from_being_registered()
    {
        var told = Value(await Meta.Happenings.RefuseNameAsync(Number.Id, cancellationToken: Ct));
        ((string?)told["decision"], (string?)told["rejection_reason"]).ShouldBe(("REJECTED", "NAME_FORMAT_UNACCEPTABLE"));
        (await ReadAsync("status,name_status")).ShouldBe(("CONNECTED", "DECLINED", "AVAILABLE"));
        (await RegisterAsync()).ShouldFail(400, 100, 2388001);

        ((string?)Value(await Meta.Happenings.ApproveNameAsync(Number.Id, Ct))["decision"]).ShouldBe("APPROVED");
        (await RegisterAsync()).ShouldSucceed();
    }

    [Fact]
    public async Task Reads_go_on_while_everything_of_the_number_is_lost()
    {
        await Meta.Happenings.DisableAsync(Waba.Id, Ct);
        await Meta.Happenings.BanNumberAsync(Number.Id, Ct);
        var listed = (await Graph.GetAsync(Numbers + "?fields=status,health_status", Token))["data"]![0]!;
        ((string?)listed["status"], (string?)listed["health_status"]!["can_send_message"]).ShouldBe(("BANNED", "BLOCKED"));
    }

    private static JsonNode Value(WebhookDelivery delivery) => JsonNode.Parse(delivery.Payload)!["entry"]![0]!["changes"]![0]!["value"]!;

    private static string? Event(WebhookDelivery delivery) => (string?)Value(delivery)["event"];

    private Task<GraphReply> RegisterAsync() => Graph.PostAsync($"/v25.0/{Number.Id}/register", Token, new { messaging_product = "whatsapp", pin = "123456" });

    /// <summary>Two fields of the number, and whether it can send.</summary>
    private async Task<(string? First, string? Second, string? Health)> ReadAsync(string fields)
    {
        var names = fields.Split(',');
        var read = await Graph.GetAsync($"/v25.0/{Number.Id}?fields={fields},health_status", Token);
        return ((string?)read[names[0]], (string?)read[names[1]], (string?)read["health_status"]!["can_send_message"]);
    }
}
