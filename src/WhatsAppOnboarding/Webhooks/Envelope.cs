using System.Text;
using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Takes a delivery apart: every entry, every change, every item. What has another shape is left out, and the rest goes on.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview</remarks>
internal static class Envelope
{
    public static IReadOnlyList<WebhookItem> Read(JsonElement root, DateTimeOffset receivedAt)
    {
        var items = new List<WebhookItem>();
        foreach (var entry in root.Items("entry"u8))
        {
            foreach (var change in entry.Items("changes"u8))
            {
                if (ReadChange(entry, change) is { } read)
                    Add(items, read, receivedAt);
            }
        }

        return items;
    }

    /// <summary>A change; null when it has another shape.</summary>
    public static WebhookChange? ReadChange(JsonElement entry, JsonElement change) =>
        change.Child("value"u8) is { ValueKind: JsonValueKind.Object } value ? Read(entry, change, value) : null;

    private static void Add(List<WebhookItem> items, WebhookChange change, DateTimeOffset receivedAt)
    {
        var before = items.Count;
        foreach (var kind in change.Known?.Parts ?? [])
        {
            foreach (var part in change.Body.Items(kind.ListBytes))
                items.Add(new WebhookItem(change, kind, part, receivedAt));
        }

        // Nothing that is known in it: it is told as a whole rather than dropped.
        if (items.Count == before)
            items.Add(new WebhookItem(change, change.Known?.Whole ?? ItemKind.Unknown, change.Value, receivedAt));
    }

    // entry.id is a portfolio's id on partner events, so it comes last; the name of the field is misplaced in some of Meta's samples.
    private static WebhookChange Read(JsonElement entry, JsonElement change, JsonElement value)
    {
        var entryId = entry.Text("id"u8);
        var (inMetadata, inRecipient) = (value.Child("metadata"u8).Child("phone_number_id"u8), value.Child("recipient"u8).Child("phone_number_id"u8));
        var number = IsSaid(inMetadata) || !IsSaid(inRecipient) ? inMetadata : inRecipient;
        var field = change.Text("field"u8) ?? entry.Text("field"u8) ?? value.Text("field"u8) ?? "unknown";
        var known = WebhookField.Find(field);
        return new WebhookChange(
            field,
            known,
            value,
            WabaId.TryParse(value.Child("waba_info"u8).Text("waba_id"u8), out var named) ? named : null,
            PhoneNumberId.TryParse(number.AsText(), out var id) ? id : null,
            known?.IsAboutNumber is true || (known is null ? number.ValueKind is not JsonValueKind.Undefined : IsSaid(number)),
            WabaId.TryParse(entryId, out var outer) ? outer : null,
            entryId,
            entry.Time("time"u8),
            entry.Text("time"u8));
    }

    private static bool IsSaid(JsonElement id) => id.ValueKind is JsonValueKind.String ? id.AsText() is not null : id.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
}

/// <summary>One change, with the ids that may lead to accounts.</summary>
/// <param name="Field">Meta's field.</param>
/// <param name="Known">What this library knows of the field; null for one that it does not know.</param>
/// <param name="Value">Meta's value.</param>
/// <param name="NamedWaba">The WABA that the value names.</param>
/// <param name="Number">The number that the value names, if its id can be read.</param>
/// <param name="IsAboutNumber">Whether it is about a number, be it one whose id is missing or cannot be read.</param>
/// <param name="EntryId">The entry's id, where it can be one of a WABA.</param>
/// <param name="EntryText">The entry's id as it came.</param>
/// <param name="EntryTime">When it happened, if Meta says.</param>
/// <param name="EntryTimeText">The entry's time as it came.</param>
internal sealed record WebhookChange(
    string Field,
    WebhookField? Known,
    JsonElement Value,
    WabaId? NamedWaba,
    PhoneNumberId? Number,
    bool IsAboutNumber,
    WabaId? EntryId,
    string? EntryText,
    DateTimeOffset? EntryTime,
    string? EntryTimeText)
{
    /// <summary>What holds the lists of its parts, and the people that it names: the value, or an object in it.</summary>
    public JsonElement Body { get; } = Known?.Within is { } within ? Value.Child(Encoding.UTF8.GetBytes(within)) : Value;

    /// <summary>The people that it names.</summary>
    public WireContacts Contacts => field ??= new WireContacts(Body);

    /// <summary>The WABA to route by; null when a number is to be routed by instead.</summary>
    public WabaId? RoutedWaba => NamedWaba ?? (IsAboutNumber ? null : EntryId);

    /// <summary>False when nobody will ever receive it: it is about a number whose id cannot be read, or names nothing.</summary>
    public bool CanBeRouted => RoutedWaba is not null || Number is not null;
}
