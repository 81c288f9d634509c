using System.Text.Json;

namespace WebHost.Chat;

/// <summary>Reads JSON in which anything may be missing or of another kind than expected.</summary>
public static class JsonReading
{
    /// <summary>A child, or an undefined element.</summary>
    public static JsonElement Child(this JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var child) ? child : default;

    /// <summary>A child's text, or null. Characters that a database refuses are left out.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.Child(name) is { ValueKind: JsonValueKind.String } child ? Decode(child)?.Replace("\0", "", StringComparison.Ordinal) : null;

    /// <summary>Half of a surrogate pair is no text, and no reason to refuse the whole delivery.</summary>
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

    public static bool TryArray(this JsonElement element, string name, out JsonElement.ArrayEnumerator items)
    {
        var child = element.Child(name);
        items = child.ValueKind is JsonValueKind.Array ? child.EnumerateArray() : default;
        return child.ValueKind is JsonValueKind.Array;
    }
}
