using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class HealthTests : MessagingTest
{
    [Fact]
    public async Task A_healthy_number_names_its_four_entities()
    {
        var health = (await ReadAsync("health_status"))["health_status"]!;
        ((string?)health["can_send_message"]).ShouldBe("AVAILABLE");
        health["entities"]!.AsArray().Select(entity => ((string)entity!["entity_type"]!, (string)entity["id"]!, (string)entity["can_send_message"]!))
            .ShouldBe([("PHONE_NUMBER", Number.Id, "AVAILABLE"), ("WABA", Waba.Id, "AVAILABLE"), ("BUSINESS", Business.Id, "AVAILABLE"), ("APP", Meta.AppId, "AVAILABLE")]);
    }

    [Fact]
    public async Task The_whole_is_as_bad_as_its_worst_entity()
    {
        Number.HealthFindings = [new() { EntityType = "BUSINESS", Code = 141010, Description = "Not verified", Solution = "Verify it" }];
        var health = (await ReadAsync("health_status"))["health_status"]!;
        ((string?)health["can_send_message"]).ShouldBe("LIMITED");
        health["entities"]![2]!["errors"]![0]!.ToJsonString().ShouldBe("""{"error_code":141010,"error_description":"Not verified","possible_solution":"Verify it"}""");

        Number.Status = "PENDING";
        ((string?)(await ReadAsync("health_status"))["health_status"]!["can_send_message"]).ShouldBe("BLOCKED");
    }

    [Fact]
    public async Task A_disabled_account_is_blocked()
    {
        Waba.IsDisabled = true;
        var health = (await Graph.GetAsync($"/v25.0/{Waba.Id}?fields=health_status", Token))["health_status"]!;
        ((string?)health["entities"]![0]!["can_send_message"]).ShouldBe("BLOCKED");
    }

    [Fact]
    public async Task Limit_throughput_and_name_are_told_as_they_are_set()
    {
        (Business.MessagingLimit, Number.ThroughputLevel, Number.NameStatus) = ("TIER_2K", "HIGH", "PENDING_REVIEW");
        var number = await ReadAsync("whatsapp_business_manager_messaging_limit,messaging_limit_tier,throughput,name_status");
        ((string?)number["whatsapp_business_manager_messaging_limit"]).ShouldBe("TIER_2K");
        ((string?)number["messaging_limit_tier"]).ShouldBe("TIER_1K", "the deprecated field knows no TIER_2K");
        ((string?)number["throughput"]!["level"]).ShouldBe("HIGH");
        ((string?)number["name_status"]).ShouldBe("PENDING_REVIEW");

        Number.PlatformType = "NOT_APPLICABLE";
        ((string?)(await ReadAsync("throughput"))["throughput"]!["level"]).ShouldBe("NOT_APPLICABLE");
        ((string?)(await Graph.GetAsync($"/v25.0/{Waba.Id}?fields=whatsapp_business_manager_messaging_limit", Token))["whatsapp_business_manager_messaging_limit"]).ShouldBe("TIER_2K");
    }

    private Task<GraphReply> ReadAsync(string fields) => Graph.GetAsync($"/v25.0/{Number.Id}?fields={fields}", Token);
}
