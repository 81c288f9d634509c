using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Takes a delivery apart: every entry, every change, every item. What has another shape is left out, and the rest goes on.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview</remarks>
internal static class Envelope
{
    /// <summary>What is only ever about a number; without its id nobody else of the WABA may see it.</summary>
    private static readonly HashSet<string> NumberFields = ["messages", "smb_message_echoes", "smb_app_state_sync", "history", "user_preferences"];

    public static IReadOnlyList<WebhookItem> Read(JsonElement root)
    {
        var items = new List<WebhookItem>();
        foreach (var entry in root.Items("entry"u8))
        {
            foreach (var change in entry.Items("changes"u8))
            {
                if (change.Child("value"u8) is { ValueKind: JsonValueKind.Object } value)
                    Add(items, Read(entry, change, value));
            }
        }

        return items;
    }

    private static void Add(List<WebhookItem> items, WebhookChange change)
    {
        var before = items.Count;
        foreach (var kind in ItemKind.PartsOf(change.Field))
        {
            foreach (var part in change.Value.Items(kind.ListBytes))
                items.Add(new WebhookItem(change, kind, part));
        }

        // Nothing that is known in it: it is told as a whole rather than dropped.
        if (items.Count == before)
            items.Add(new WebhookItem(change, ItemKind.WholeOf(change.Field), change.Value));
    }

    // entry.id is a portfolio's id on partner events, so it comes last; the name of the field is misplaced in some of Meta's samples.
    private static WebhookChange Read(JsonElement entry, JsonElement change, JsonElement value)
    {
        var entryId = entry.Text("id"u8);
        var number = value.Child("metadata"u8).Child("phone_number_id"u8);
        var field = change.Text("field"u8) ?? entry.Text("field"u8) ?? value.Text("field"u8) ?? "unknown";
        return new WebhookChange(
            field,
            value,
            WabaId.TryParse(value.Child("waba_info"u8).Text("waba_id"u8), out var named) ? named : null,
            PhoneNumberId.TryParse(number.AsText(), out var id) ? id : null,
            number.ValueKind is not JsonValueKind.Undefined || NumberFields.Contains(field),
            WabaId.TryParse(entryId, out var outer) ? outer : null,
            entryId,
            entry.TimeOfEntry(),
            entry.Text("time"u8));
    }
}
