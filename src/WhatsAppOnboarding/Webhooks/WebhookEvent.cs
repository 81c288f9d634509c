using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>One item of a delivery, such as a message, for one account that may receive it.</summary>
public sealed record WebhookEvent
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The WABA as the authority knows it.</summary>
    public required WabaId WabaId { get; init; }

    /// <summary>The number that it is about; null when it is about the WABA.</summary>
    public PhoneNumberId? PhoneNumberId { get; init; }

    /// <summary>The same whenever Meta brings the same item again; at most 200 characters. For handlers that keep a record of their own.</summary>
    public required string Key { get; init; }

    /// <summary>Meta's field, such as <c>messages</c>.</summary>
    public required string Field { get; init; }

    /// <summary>What it says.</summary>
    public required EventContent Content { get; init; }

    /// <summary>The item itself as it came, such as the message; valid during the call, a clone to keep. All text in it comes from outside.</summary>
    public required JsonElement Item { get; init; }

    /// <summary>Meta's whole <c>value</c>, which may hold other items, too; valid during the call.</summary>
    public required JsonElement Value { get; init; }

    /// <summary>When it happened, if Meta says so of the entry; messages and statuses have their own times.</summary>
    public DateTimeOffset? EntryTime { get; init; }

    /// <summary>When the delivery arrived; in a replay, when the item first failed.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The account and the field; never what was sent.</summary>
    public override string ToString() => $"{Field} for {AccountId}";
}
