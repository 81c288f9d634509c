using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>The smallest part of a delivery that is handled by itself: one message, one status, one error, or else one change.</summary>
internal sealed class WebhookItem(WebhookChange change, ItemKind kind, JsonElement part, DateTimeOffset receivedAt)
{
    /// <summary>For how long at most an item that has neither an id nor a time of Meta's counts as the same when it comes again.</summary>
    public static readonly TimeSpan SameWithin = TimeSpan.FromHours(1);

    /// <summary>An id that is longer, or no plain text, is no id of Meta's; the item is then told by its hash.</summary>
    private const int MaxId = 120;

    private bool _isRead;
    private EventContent? _content;
    private string? _key;
    private string? _earlierKey;

    public WebhookChange Change => change;

    /// <summary>The list that it stood in; null when it is the whole value.</summary>
    public string? List => kind.List;

    /// <summary>The message, the status, the error, or else the whole value.</summary>
    public JsonElement Part => part;

    /// <summary>What it says; null when this version has no kind for it.</summary>
    public EventContent? Content
    {
        get
        {
            if (!_isRead)
                (_content, _isRead) = (kind.Read(change, part), true);
            return _content;
        }
    }

    /// <summary>The same for the same item, however often and with whatever else it is delivered; another one for the same id on another number.</summary>
    public string Key => _key ??= NamedKey() ?? UnnamedKey();

    /// <summary>
    /// The key that it had if it came in the hour before, where Meta gives neither an id nor a time: what is the same tomorrow has happened again. Null for
    /// every other item.
    /// </summary>
    public string? EarlierKey
    {
        get
        {
            _ = Key;
            return _earlierKey;
        }
    }

    /// <summary>It is the one that came before.</summary>
    public void IsTheEarlier() => _key = EarlierKey ?? Key;

    private string? NamedKey()
    {
        if (kind.IdOf(part) is not { Length: > 0 and <= MaxId } id || id.AsSpan().ContainsAnyExceptInRange('!', '~'))
            return null;
        return $"{kind.Name}:{change.Number}:{id}";
    }

    private string UnnamedKey()
    {
        var hash = HashedKey();
        if (change.EntryTimeText is not null || JsonMarshal.GetRawUtf8Value(part).IndexOf("\"time"u8) >= 0)
            return hash;
        var hour = receivedAt.UtcTicks / SameWithin.Ticks;
        _earlierKey = $"{hash}:{hour - 1}";
        return $"{hash}:{hour}";
    }

    private string HashedKey()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{change.EntryText}\n{change.EntryTimeText}\n{change.Number}\n{change.Field}\n{kind.Name}\n"));
        hash.AppendData(JsonMarshal.GetRawUtf8Value(part));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

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

        if (item.Change.Known?.Within is { } within)
        {
            WriteOthers(json, item.Change.Value, [Encoding.UTF8.GetBytes(within)]);
            WriteText(json, within);
            json.Write(":"u8);
        }

        WriteOthers(json, item.Change.Body, [.. (item.Change.Known?.Parts ?? []).Select(kind => kind.ListBytes)]);
        WriteText(json, list);
        json.Write(":["u8);
        json.Write(JsonMarshal.GetRawUtf8Value(item.Part));
        json.Write(item.Change.Known?.Within is null ? "]}"u8 : "]}}"u8);
    }

    /// <summary>The beginning of an object: all its properties but these.</summary>
    private static void WriteOthers(ArrayBufferWriter<byte> json, JsonElement value, byte[][] left)
    {
        json.Write("{"u8);
        foreach (var property in value.EnumerateObject())
        {
            // As it came, name and value, to the byte: half a character in a name cannot even be read.
            var name = JsonMarshal.GetRawUtf8PropertyName(property);
            if (IsAny(left, name))
                continue;
            json.Write("\""u8);
            json.Write(name);
            json.Write("\":"u8);
            json.Write(JsonMarshal.GetRawUtf8Value(property.Value));
            json.Write(","u8);
        }
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
