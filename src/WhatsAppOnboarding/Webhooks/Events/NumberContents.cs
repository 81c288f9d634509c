using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Meta decided about a number's name (field <c>phone_number_name_update</c>).</summary>
/// <param name="DisplayPhone">The number that it is about, digits. Never route by it.</param>
/// <param name="Decision"><c>APPROVED</c>, <c>DEFERRED</c>, <c>PENDING</c> or <c>REJECTED</c>.</param>
/// <param name="RequestedName">The name.</param>
/// <param name="RejectionReason">Why it was rejected.</param>
public sealed record NameReviewed(string? DisplayPhone, string? Decision, string? RequestedName, string? RejectionReason) : EventContent
{
    internal static NameReviewed Read(JsonElement value) => new(
        value.Text("display_phone_number"u8), value.Text("decision"u8), value.Text("requested_verified_name"u8), value.Text("rejection_reason"u8));
}

/// <summary>A number's limits changed (field <c>phone_number_quality_update</c>, which in spite of its name carries no quality colour).</summary>
/// <param name="DisplayPhone">The number that it is about, digits. Never route by it.</param>
/// <param name="Event">Meta's event, such as <c>ONBOARDING</c>, <c>THROUGHPUT_UPGRADE</c> or <c>FLAGGED</c>.</param>
/// <param name="OldLimit">The limit before, such as <c>TIER_250</c>.</param>
/// <param name="CurrentLimit">The limit now.</param>
/// <param name="MaxConversationsPerBusiness">New conversations a day of the whole portfolio: a number or a tier.</param>
public sealed record LimitChanged(string? DisplayPhone, string? Event, string? OldLimit, string? CurrentLimit, string? MaxConversationsPerBusiness) : EventContent
{
    internal static LimitChanged Read(JsonElement value) => new(
        value.Text("display_phone_number"u8), value.Text("event"u8), value.Text("old_limit"u8), value.Text("current_limit"u8), value.Text("max_daily_conversations_per_business"u8));
}

/// <summary>Something happened to a number's two-step verification (field <c>security</c>).</summary>
/// <param name="DisplayPhone">The number that it is about, digits. Never route by it.</param>
/// <param name="Event"><c>PIN_CHANGED</c>, <c>PIN_RESET_REQUEST</c> or <c>PIN_REQUEST_SUCCESS</c>.</param>
/// <param name="Requester">Who asked for it, if Meta said.</param>
public sealed record SecurityChanged(string? DisplayPhone, string? Event, string? Requester) : EventContent
{
    internal static SecurityChanged Read(JsonElement value) => new(value.Text("display_phone_number"u8), value.Text("event"u8), value.Text("requester"u8));
}
