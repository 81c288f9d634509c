using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Events;

namespace WhatsAppOnboarding.Testing;

/// <summary>What else Meta tells of a number. All but <see cref="Preference"/> name it by its display number only.</summary>
public static class MetaNumberEvents
{
    /// <summary><c>phone_number_name_update</c>.</summary>
    /// <param name="number">The number.</param>
    /// <param name="decision">APPROVED, DEFERRED, PENDING or REJECTED.</param>
    /// <param name="requestedName">The name that was asked for.</param>
    /// <param name="rejectionReason">For example NAME_FORMAT_UNACCEPTABLE; null is sent as such.</param>
    public static WebhookChange NameDecision(EmulatedNumber number, string decision, string requestedName, string? rejectionReason = null) => Of(number, "phone_number_name_update", new JsonObject
    {
        ["decision"] = decision,
        ["requested_verified_name"] = requestedName,
        ["rejection_reason"] = rejectionReason,
    });

    /// <summary><c>phone_number_quality_update</c>. Despite its name it carries no GREEN, YELLOW or RED.</summary>
    /// <param name="number">The number.</param>
    /// <param name="eventName">ONBOARDING, THROUGHPUT_UPGRADE; older FLAGGED, UNFLAGGED, UPGRADE, DOWNGRADE.</param>
    /// <param name="conversationsPerBusiness">For example TIER_2K.</param>
    /// <param name="currentLimit">The older member; null: left out.</param>
    /// <param name="oldLimit">The older member; null: left out.</param>
    public static WebhookChange Quality(EmulatedNumber number, string eventName, string conversationsPerBusiness, string? currentLimit = null, string? oldLimit = null)
    {
        var value = new JsonObject { ["event"] = eventName };
        if (oldLimit is not null)
            value["old_limit"] = oldLimit;
        if (currentLimit is not null)
            value["current_limit"] = currentLimit;
        value["max_daily_conversations_per_business"] = conversationsPerBusiness;
        return Of(number, "phone_number_quality_update", value);
    }

    /// <summary><c>security</c>.</summary>
    /// <param name="number">The number.</param>
    /// <param name="eventName">PIN_CHANGED, PIN_RESET_REQUEST or PIN_REQUEST_SUCCESS.</param>
    /// <param name="requester">The id of the person; null: left out.</param>
    public static WebhookChange Security(EmulatedNumber number, string eventName = "PIN_CHANGED", string? requester = null)
    {
        var value = new JsonObject { ["event"] = eventName };
        if (requester is not null)
            value["requester"] = requester;
        return Of(number, "security", value);
    }

    /// <summary><c>business_username_update</c>.</summary>
    public static WebhookChange Username(EmulatedNumber number, string username, string status = "approved") =>
        Of(number, "business_username_update", new JsonObject { ["username"] = username, ["status"] = status });

    /// <summary><c>user_preferences</c>: a customer stops or resumes marketing messages.</summary>
    /// <param name="number">The number.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="value">stop or resume.</param>
    public static WebhookChange Preference(EmulatedNumber number, EmulatedCustomer customer, string value)
    {
        var preference = new JsonObject
        {
            ["detail"] = $"User requested to {value} marketing messages",
            ["category"] = "marketing_messages",
            ["value"] = value,
            ["timestamp"] = number.Waba.Owner.World.Now.ToUnixTimeSeconds(),
        };
        if (customer.Digits.Length > 0)
            preference["wa_id"] = customer.Digits;
        return NumberValue.Of(
            number,
            "user_preferences",
            ("contacts", new JsonArray(NumberValue.Contact(customer))),
            ("user_preferences", new JsonArray(preference)));
    }

    private static WebhookChange Of(EmulatedNumber number, string field, JsonObject value) =>
        WebhookChange.Of(number.Waba, field, new JsonObject { ["display_phone_number"] = number.Digits }.With(value));
}
