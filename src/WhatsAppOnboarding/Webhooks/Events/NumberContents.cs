using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Meta decided about a number's name (field <c>phone_number_name_update</c>).</summary>
public sealed record NameReviewed : EventContent
{
    /// <summary>The number that it is about, digits. Never route by it.</summary>
    public string? DisplayPhone { get; init; }

    /// <summary><c>APPROVED</c>, <c>DEFERRED</c>, <c>PENDING</c> or <c>REJECTED</c>.</summary>
    public string? Decision { get; init; }

    /// <summary>The name.</summary>
    public string? RequestedName { get; init; }

    /// <summary>Why it was rejected.</summary>
    public string? RejectionReason { get; init; }

    internal static NameReviewed Read(JsonElement value) => new()
    {
        DisplayPhone = value.Text("display_phone_number"u8),
        Decision = value.Text("decision"u8),
        RequestedName = value.Text("requested_verified_name"u8),
        RejectionReason = value.Text("rejection_reason"u8),
    };
}

/// <summary>A number's limits changed (field <c>phone_number_quality_update</c>, which in spite of its name carries no quality colour).</summary>
public sealed record LimitChanged : EventContent
{
    /// <summary>The number that it is about, digits. Never route by it.</summary>
    public string? DisplayPhone { get; init; }

    /// <summary>Meta's event, such as <c>ONBOARDING</c>, <c>THROUGHPUT_UPGRADE</c> or <c>FLAGGED</c>.</summary>
    public string? Event { get; init; }

    /// <summary>The limit before, such as <c>TIER_250</c>.</summary>
    public string? OldLimit { get; init; }

    /// <summary>The limit now.</summary>
    public string? CurrentLimit { get; init; }

    /// <summary>New conversations a day of the whole portfolio: a number or a tier.</summary>
    public string? MaxConversationsPerBusiness { get; init; }

    internal static LimitChanged Read(JsonElement value) => new()
    {
        DisplayPhone = value.Text("display_phone_number"u8),
        Event = value.Text("event"u8),
        OldLimit = value.Text("old_limit"u8),
        CurrentLimit = value.Text("current_limit"u8),
        MaxConversationsPerBusiness = value.Text("max_daily_conversations_per_business"u8),
    };
}

/// <summary>Something happened to a number's two-step verification (field <c>security</c>).</summary>
public sealed record SecurityChanged : EventContent
{
    /// <summary>The number that it is about, digits. Never route by it.</summary>
    public string? DisplayPhone { get; init; }

    /// <summary><c>PIN_CHANGED</c>, <c>PIN_RESET_REQUEST</c> or <c>PIN_REQUEST_SUCCESS</c>.</summary>
    public string? Event { get; init; }

    /// <summary>Who asked for it, if Meta said.</summary>
    public string? Requester { get; init; }

    internal static SecurityChanged Read(JsonElement value) => new()
    {
        DisplayPhone = value.Text("display_phone_number"u8),
        Event = value.Text("event"u8),
        Requester = value.Text("requester"u8),
    };
}

/// <summary>Customers said whether they want marketing messages (field <c>user_preferences</c>).</summary>
public sealed record PreferencesChanged : EventContent
{
    /// <summary>One for each customer.</summary>
    public IReadOnlyList<UserPreference> Preferences { get; init; } = [];

    internal static PreferencesChanged Read(JsonElement value)
    {
        var contacts = new WireContacts(value);
        return new PreferencesChanged { Preferences = [.. value.Items("user_preferences"u8).Select(preference => UserPreference.Read(contacts, preference))] };
    }
}

/// <summary>One customer's preference.</summary>
public sealed record UserPreference
{
    /// <summary>The customer's telephone number, digits.</summary>
    public string? WaId { get; init; }

    /// <summary>The customer's id in the portfolio.</summary>
    public string? UserId { get; init; }

    /// <summary>The customer's id in the portfolios that are linked to that one.</summary>
    public string? ParentUserId { get; init; }

    /// <summary>What it is about: <c>marketing_messages</c>.</summary>
    public string? Category { get; init; }

    /// <summary><c>stop</c> or <c>resume</c>.</summary>
    public string? Value { get; init; }

    /// <summary>In Meta's words.</summary>
    public string? Detail { get; init; }

    /// <summary>When the customer said so.</summary>
    public DateTimeOffset? At { get; init; }

    internal static UserPreference Read(WireContacts contacts, JsonElement preference)
    {
        var who = WirePerson.Of(preference);
        var contact = contacts.Of(who);
        return new UserPreference
        {
            WaId = who.Number ?? contact.Text("wa_id"u8),
            UserId = who.UserId ?? contact.Text("user_id"u8),
            ParentUserId = who.ParentUserId ?? contact.Text("parent_user_id"u8),
            Category = preference.Text("category"u8),
            Value = preference.Text("value"u8),
            Detail = preference.Text("detail"u8),
            At = preference.Time("timestamp"u8),
        };
    }
}
