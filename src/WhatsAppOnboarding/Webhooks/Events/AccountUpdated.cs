using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Something happened to the WABA, or to the app's access to it (field <c>account_update</c>).</summary>
/// <remarks>
/// The authority has followed it when a handler sees it, as far as it changes anything there.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/account_update
/// </remarks>
public sealed record AccountUpdated : EventContent
{
    /// <summary>Meta's event in upper case, such as <c>PARTNER_REMOVED</c>.</summary>
    public string? Event { get; init; }

    /// <summary>The telephone number that Meta names, digits. Never route by it.</summary>
    public string? DisplayPhone { get; init; }

    /// <summary>The app that a partner event is about.</summary>
    public string? PartnerAppId { get; init; }

    /// <summary>The portfolio that owns the WABA.</summary>
    public string? OwnerBusinessId { get; init; }

    /// <summary>Meta's reason for a disconnect, such as <c>BUSINESS_DOWNGRADE</c>.</summary>
    public string? DisconnectReason { get; init; }

    /// <summary>Who caused a disconnect: <c>USER</c> or <c>SYSTEM</c>.</summary>
    public string? DisconnectInitiator { get; init; }

    /// <summary>What was violated, such as <c>ADULT</c>.</summary>
    public string? ViolationType { get; init; }

    /// <summary>What Meta says to do about the violation; null when it says nothing.</summary>
    public string? Remediation { get; init; }

    /// <summary><c>DISABLE</c>, <c>REINSTATE</c> or <c>SCHEDULE_FOR_DISABLE</c>.</summary>
    public string? BanState { get; init; }

    /// <summary>When the ban begins, as Meta writes it, such as <c>April 17, 2025</c>.</summary>
    public string? BanDate { get; init; }

    /// <summary>What the WABA may not do; empty when nothing is said.</summary>
    public IReadOnlyList<AccountRestriction> Restrictions { get; init; } = [];

    internal static AccountUpdated Read(JsonElement value) => new()
    {
        Event = value.Text("event"u8)?.ToUpperInvariant(),
        DisplayPhone = value.Text("phone_number"u8),
        PartnerAppId = value.Child("waba_info"u8).Text("partner_app_id"u8),
        OwnerBusinessId = value.Child("waba_info"u8).Text("owner_business_id"u8),
        DisconnectReason = value.Child("disconnection_info"u8).Text("reason"u8),
        DisconnectInitiator = value.Child("disconnection_info"u8).Text("initiated_by"u8),
        ViolationType = value.Child("violation_info"u8).Text("violation_type"u8),
        Remediation = value.Child("violation_info"u8).Text("remediation"u8),
        BanState = value.Child("ban_info"u8).Text("waba_ban_state"u8),
        BanDate = value.Child("ban_info"u8).Text("waba_ban_date"u8),
        Restrictions = value.Child("restriction_info"u8) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(ReadRestriction)] : [],
    };

    private static AccountRestriction ReadRestriction(JsonElement restriction) => new()
    {
        Type = restriction.Text("restriction_type"u8),
        EndsAt = restriction.Time("expiration"u8),
        Remediation = restriction.Text("remediation"u8),
    };
}
