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
        var json = new ArrayBufferWriter<byte>();
        json.Write("{\"entry\":[{"u8);
        if (change.EntryText is { } id)
        {
            json.Write("\"id\":"u8);
            WriteText(json, id);
            json.Write(","u8);
        }

        if (change.EntryTimeText is { } time)
        {
            json.Write("\"time\":"u8);
            WriteText(json, time);
            json.Write(","u8);
        }

        json.Write("\"changes\":[{\"field\":"u8);
        WriteText(json, change.Field);
        json.Write(",\"value\":"u8);
        WriteValue(json, item);
        json.Write("}]}]}"u8);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>Of a value that was cut into parts: everything but the other parts.</summary>
    private static void WriteValue(ArrayBufferWriter<byte> json, WebhookItem item)
    {
        if (item.List is not { } list)
        {
            json.Write(JsonMarshal.GetRawUtf8Value(item.Part));
            return;
        }

        byte[][] lists = [.. ItemKind.PartsOf(item.Change.Field).Select(kind => Encoding.UTF8.GetBytes(kind.List!))];
        json.Write("{"u8);
        foreach (var property in item.Change.Value.EnumerateObject())
        {
            // As it came, name and value, to the byte: half a character in a name cannot even be read.
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            if (IsAny(lists, name))
                continue;
            json.Write("\""u8);
            json.Write(name);
            json.Write("\":"u8);
            json.Write(JsonMarshal.GetRawUtf8Value(property.Value));
            json.Write(","u8);
        }

        WriteText(json, list);
        json.Write(":["u8);
        json.Write(JsonMarshal.GetRawUtf8Value(item.Part));
        json.Write("]}"u8);
    }

    private static bool IsAny(byte[][] lists, ReadOnlySpan<byte> name)
    {
        foreach (var list in lists)
        {
            if (name.SequenceEqual(list))
                return true;
        }

        return false;
    }

    private static void WriteText(ArrayBufferWriter<byte> json, string text) => json.Write(Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(text)}\""));
}
