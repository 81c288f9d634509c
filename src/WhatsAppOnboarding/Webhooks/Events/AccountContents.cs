using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Meta reviewed the WABA (field <c>account_review_update</c>).</summary>
/// <param name="Decision"><c>APPROVED</c>, <c>REJECTED</c>, <c>PENDING</c> or <c>DEFERRED</c>.</param>
public sealed record AccountReviewed(string? Decision) : EventContent
{
    internal static AccountReviewed Read(JsonElement value) => new(value.Text("decision"u8));
}

/// <summary>An alert (field <c>account_alerts</c>).</summary>
/// <param name="EntityType">What it is about, such as <c>PHONE_NUMBER</c>.</param>
/// <param name="EntityId">Its id.</param>
/// <param name="Severity"><c>CRITICAL</c>, <c>WARNING</c> or <c>INFORMATIONAL</c>.</param>
/// <param name="Status"><c>ACTIVE</c> or <c>NONE</c>.</param>
/// <param name="Type">Meta's type, such as <c>PROFILE_PICTURE_LOST</c>.</param>
/// <param name="Description">In Meta's words.</param>
public sealed record AccountAlerted(string? EntityType, string? EntityId, string? Severity, string? Status, string? Type, string? Description) : EventContent
{
    internal static AccountAlerted Read(JsonElement value)
    {
        var info = value.Child("alert_info"u8);
        return new AccountAlerted(
            value.Text("entity_type"u8), value.Text("entity_id"u8), info.Text("alert_severity"u8), info.Text("alert_status"u8), info.Text("alert_type"u8), info.Text("alert_description"u8));
    }
}

/// <summary>What the portfolio may do changed (field <c>business_capability_update</c>).</summary>
/// <param name="MaxConversationsPerBusiness">New conversations a day: a number, or a tier such as <c>TIER_2K</c>; <c>-1</c> is without limit.</param>
/// <param name="MaxNumbersPerBusiness">How many numbers the portfolio may have.</param>
/// <param name="MaxNumbersPerWaba">How many numbers a WABA may have.</param>
public sealed record CapabilityChanged(string? MaxConversationsPerBusiness, int? MaxNumbersPerBusiness, int? MaxNumbersPerWaba) : EventContent
{
    internal static CapabilityChanged Read(JsonElement value) => new(
        value.Text("max_daily_conversations_per_business"u8) ?? value.Text("max_daily_conversation_per_phone"u8),
        value.Number("max_phone_numbers_per_business"u8),
        value.Number("max_phone_numbers_per_waba"u8));
}
