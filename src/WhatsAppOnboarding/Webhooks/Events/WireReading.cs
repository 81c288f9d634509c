using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Reads Meta's JSON, in which anything may be missing or of another kind than documented. Nothing here throws.</summary>
internal static class WireReading
{
    private const long LastSecond = 253_402_300_799;

    /// <summary>As seconds a time of the year 5138, as milliseconds one of 1973.</summary>
    private const long MostSeconds = 100_000_000_000;

    public static JsonElement Child(this JsonElement parent, ReadOnlySpan<byte> name)
    {
        try
        {
            return parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var child) ? child : default;
        }
        catch (InvalidOperationException)
        {
            return PlainChild(parent, name);
        }
    }

    /// <summary>Half of a surrogate pair in the name of some other property makes the look-up throw; bytes can still be compared.</summary>
    private static JsonElement PlainChild(JsonElement parent, ReadOnlySpan<byte> name)
    {
        JsonElement found = default;
        foreach (var property in parent.EnumerateObject())
        {
            if (JsonMarshal.GetRawUtf8PropertyName(property).SequenceEqual(name))
                found = property.Value;
        }

        return found;
    }

    public static JsonElement.ArrayEnumerator Items(this JsonElement parent, ReadOnlySpan<byte> name) =>
        parent.Child(name) is { ValueKind: JsonValueKind.Array } items ? items.EnumerateArray() : default;

    /// <summary>
    /// A text, or a number or truth value as text: Meta writes ids and times in either form. Empty or blank is null: Meta does both where it has nothing to say.
    /// </summary>
    public static string? Text(this JsonElement parent, ReadOnlySpan<byte> name) => parent.Child(name).AsText();

    public static string? AsText(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => JsonText.Of(element) is var text && string.IsNullOrWhiteSpace(text) ? null : text,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => null,
    };

    public static int? Number(this JsonElement parent, ReadOnlySpan<byte> name) =>
        int.TryParse(parent.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A truth value, or a text that is one.</summary>
    public static bool? Flag(this JsonElement parent, ReadOnlySpan<byte> name) => bool.TryParse(parent.Text(name), out var flag) ? flag : null;

    /// <summary>Seconds since 1970; what is too large for seconds is milliseconds, of which the whole seconds count.</summary>
    public static DateTimeOffset? Time(this JsonElement parent, ReadOnlySpan<byte> name) =>
        long.TryParse(parent.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && (number > MostSeconds ? number / 1000 : number) is > 0 and <= LastSecond and var seconds
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
