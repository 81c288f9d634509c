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

    /// <summary>How Meta certified a client of the portfolio, such as <c>APPROVED</c> or <c>REVOKED</c>.</summary>
    public string? CertificationStatus { get; init; }

    /// <summary>Why Meta did not certify it, in Meta's words; empty when nothing is said.</summary>
    public IReadOnlyList<string> CertificationRejections { get; init; } = [];

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
        CertificationStatus = value.Child("partner_client_certification_info"u8).Text("status"u8),
        CertificationRejections = [.. value.Child("partner_client_certification_info"u8).Items("rejection_reasons"u8).Select(reason => reason.AsText()).OfType<string>()],
        Restrictions = value.Child("restriction_info"u8) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(ReadRestriction)] : [],
    };

    private static AccountRestriction ReadRestriction(JsonElement restriction) => new()
    {
        Type = restriction.Text("restriction_type"u8),
        EndsAt = restriction.Time("expiration"u8),
        Remediation = restriction.Text("remediation"u8),
    };
}

/// <summary>Meta reviewed the WABA (field <c>account_review_update</c>).</summary>
public sealed record AccountReviewed : EventContent
{
    /// <summary><c>APPROVED</c>, <c>REJECTED</c>, <c>PENDING</c> or <c>DEFERRED</c>.</summary>
    public string? Decision { get; init; }

    internal static AccountReviewed Read(JsonElement value) => new() { Decision = value.Text("decision"u8) };
}

/// <summary>An alert (field <c>account_alerts</c>).</summary>
public sealed record AccountAlerted : EventContent
{
    /// <summary>What it is about, such as <c>PHONE_NUMBER</c>.</summary>
    public string? EntityType { get; init; }

    /// <summary>The id of what it is about.</summary>
    public string? EntityId { get; init; }

    /// <summary><c>CRITICAL</c>, <c>WARNING</c> or <c>INFORMATIONAL</c>.</summary>
    public string? Severity { get; init; }

    /// <summary><c>ACTIVE</c> or <c>NONE</c>.</summary>
    public string? Status { get; init; }

    /// <summary>Meta's type, such as <c>PROFILE_PICTURE_LOST</c>.</summary>
    public string? Type { get; init; }

    /// <summary>In Meta's words.</summary>
    public string? Description { get; init; }

    internal static AccountAlerted Read(JsonElement value) => new()
    {
        EntityType = value.Text("entity_type"u8),
        EntityId = value.Text("entity_id"u8),
        Severity = Info(value, "alert_severity"u8),
        Status = Info(value, "alert_status"u8),
        Type = Info(value, "alert_type"u8),
        Description = Info(value, "alert_description"u8),
    };

    /// <summary>Meta's page has it in <c>alert_info</c>, its older samples beside the entity.</summary>
    private static string? Info(JsonElement value, ReadOnlySpan<byte> name) => value.Child("alert_info"u8).Text(name) ?? value.Text(name);
}

/// <summary>What the portfolio may do changed (field <c>business_capability_update</c>).</summary>
public sealed record CapabilityChanged : EventContent
{
    /// <summary>New conversations a day: a number, or a tier such as <c>TIER_2K</c>; <c>-1</c> is without limit.</summary>
    public string? MaxConversationsPerBusiness { get; init; }

    /// <summary>How many numbers the portfolio may have.</summary>
    public int? MaxNumbersPerBusiness { get; init; }

    /// <summary>How many numbers a WABA may have.</summary>
    public int? MaxNumbersPerWaba { get; init; }

    internal static CapabilityChanged Read(JsonElement value) => new()
    {
        MaxConversationsPerBusiness = value.Text("max_daily_conversations_per_business"u8) ?? value.Text("max_daily_conversation_per_phone"u8),
        MaxNumbersPerBusiness = value.Number("max_phone_numbers_per_business"u8),
        MaxNumbersPerWaba = value.Number("max_phone_numbers_per_waba"u8),
    };
}
