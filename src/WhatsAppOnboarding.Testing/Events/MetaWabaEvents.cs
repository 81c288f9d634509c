using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing;

/// <summary>What else Meta tells of a WABA. Fields that are not here: <see cref="WebhookChange.Of"/>.</summary>
public static class MetaWabaEvents
{
    /// <summary><c>account_review_update</c>.</summary>
    /// <param name="waba">The WABA.</param>
    /// <param name="decision">APPROVED, REJECTED, PENDING or DEFERRED.</param>
    public static WebhookChange Review(EmulatedWaba waba, string decision) =>
        WebhookChange.Of(waba, "account_review_update", new JsonObject { ["decision"] = decision });

    /// <summary><c>account_alerts</c> about the WABA.</summary>
    /// <param name="waba">The WABA.</param>
    /// <param name="alertType">For example OBA_APPROVED.</param>
    /// <param name="severity">CRITICAL, WARNING or INFORMATIONAL.</param>
    /// <param name="status">ACTIVE or NONE.</param>
    /// <param name="description">Meta's text.</param>
    /// <param name="entityType">What the alert is about, with <paramref name="entityId"/>.</param>
    /// <param name="entityId">Null for the WABA's id.</param>
    public static WebhookChange Alert(EmulatedWaba waba, string alertType, string severity = "INFORMATIONAL", string status = "NONE", string description = "An alert", string entityType = "WABA", string? entityId = null) =>
        WebhookChange.Of(waba, "account_alerts", new JsonObject
        {
            ["entity_type"] = entityType,
            ["entity_id"] = entityId ?? waba.Id,
            ["alert_info"] = new JsonObject
            {
                ["alert_severity"] = severity,
                ["alert_status"] = status,
                ["alert_type"] = alertType,
                ["alert_description"] = description,
            },
        });

    /// <summary><c>business_capability_update</c>.</summary>
    /// <param name="waba">The WABA.</param>
    /// <param name="conversationsPerBusiness">A number (-1: unlimited) or a tier such as <c>TIER_2K</c>; Meta shows both.</param>
    /// <param name="numbersPerBusiness">Null: left out.</param>
    /// <param name="numbersPerWaba">Null: left out.</param>
    /// <param name="conversationsPerPhone">The older member; null: left out.</param>
    public static WebhookChange Capability(EmulatedWaba waba, JsonNode conversationsPerBusiness, int? numbersPerBusiness = null, int? numbersPerWaba = null, int? conversationsPerPhone = null)
    {
        var value = new JsonObject { ["max_daily_conversations_per_business"] = conversationsPerBusiness.DeepClone() };
        if (conversationsPerPhone is not null)
            value["max_daily_conversation_per_phone"] = conversationsPerPhone;
        if (numbersPerBusiness is not null)
            value["max_phone_numbers_per_business"] = numbersPerBusiness;
        if (numbersPerWaba is not null)
            value["max_phone_numbers_per_waba"] = numbersPerWaba;
        return WebhookChange.Of(waba, "business_capability_update", value);
    }
}
