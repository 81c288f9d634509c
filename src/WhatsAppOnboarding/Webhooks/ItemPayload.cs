using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Writes a delivery that holds one item alone, from which the same item can be read again.</summary>
internal static class ItemPayload
{
    public static string Write(WebhookItem item)
    {
        var change = item.Change;
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            json.WriteStartObject();
            json.WriteStartArray("entry");
            json.WriteStartObject();
            if (change.EntryText is { } id)
                json.WriteString("id", id);
            if (change.EntryTime is { } time)
                json.WriteNumber("time", time.ToUnixTimeSeconds());
            json.WriteStartArray("changes");
            json.WriteStartObject();
            json.WriteString("field", change.Field);
            json.WritePropertyName("value");
            WriteValue(json, item);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Of a value that was cut into parts: everything but the other parts.</summary>
    private static void WriteValue(Utf8JsonWriter json, WebhookItem item)
    {
        if (item.List is not { } list)
        {
            WriteRaw(json, item.Part);
            return;
        }

        json.WriteStartObject();
        foreach (var property in item.Change.Value.EnumerateObject())
        {
            if (ItemKind.PartsOf(item.Change.Field).Any(kind => property.NameEquals(kind.List)))
                continue;
            json.WritePropertyName(property.Name);
            WriteRaw(json, property.Value);
        }

        json.WriteStartArray(list);
        WriteRaw(json, item.Part);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    // As it came, to the byte, for an item without an id is told by the hash of its bytes.
    private static void WriteRaw(Utf8JsonWriter json, JsonElement element) => json.WriteRawValue(JsonMarshal.GetRawUtf8Value(element), skipInputValidation: true);
}
