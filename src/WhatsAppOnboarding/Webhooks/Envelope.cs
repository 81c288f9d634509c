using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Takes a delivery apart: every entry, every change. What has another shape is left out, and the rest goes on.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/overview</remarks>
internal static class Envelope
{
    public static IReadOnlyList<WebhookChange> Read(JsonElement root)
    {
        var changes = new List<WebhookChange>();
        foreach (var entry in Items(root, "entry"))
        {
            foreach (var change in Items(entry, "changes"))
            {
                if (change.ValueKind is JsonValueKind.Object && change.TryGetProperty("value", out var value) && value.ValueKind is JsonValueKind.Object)
                    changes.Add(Read(entry, change, value));
            }
        }

        return changes;
    }

    // entry.id is a portfolio's id on partner events, so it comes last; the name of the field is misplaced in some of Meta's samples.
    private static WebhookChange Read(JsonElement entry, JsonElement change, JsonElement value) => new(
        Text(change, "field") ?? Text(entry, "field") ?? Text(value, "field") ?? "unknown",
        value,
        WabaId.TryParse(Text(Child(value, "waba_info"), "waba_id"), out var named) ? named : null,
        PhoneNumberId.TryParse(Text(Child(value, "metadata"), "phone_number_id"), out var number) ? number : null,
        Child(Child(value, "metadata"), "phone_number_id").ValueKind is not JsonValueKind.Undefined,
        WabaId.TryParse(Text(entry, "id"), out var outer) ? outer : null);

    private static JsonElement.ArrayEnumerator Items(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default;

    private static JsonElement Child(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var child) ? child : default;

    /// <summary>A text or a number as text; Meta writes ids in either form.</summary>
    private static string? Text(JsonElement parent, string name) => Child(parent, name) switch
    {
        { ValueKind: JsonValueKind.String } text => Decode(text),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    /// <summary>Half of a surrogate pair is no text; it must not take the rest of the delivery with it.</summary>
    private static string? Decode(JsonElement text)
    {
        try
        {
            return text.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}

/// <summary>One change, with the ids that may lead to accounts.</summary>
/// <param name="Field">Meta's field.</param>
/// <param name="Value">Meta's value.</param>
/// <param name="NamedWaba">The WABA that the value names.</param>
/// <param name="Number">The number that the value names, if its id can be read.</param>
/// <param name="IsAboutNumber">Whether the value names a number, readable or not.</param>
/// <param name="EntryId">The entry's id, where it can be one of a WABA.</param>
internal sealed record WebhookChange(string Field, JsonElement Value, WabaId? NamedWaba, PhoneNumberId? Number, bool IsAboutNumber, WabaId? EntryId);
