using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WebHost.Operator;

/// <summary>What Meta sent, for people to read: as text, never as HTML.</summary>
internal static class ParkedPayload
{
    // Nothing is escaped that JSON need not escape: whoever shows it escapes for where it shows it.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text(string? payload)
    {
        try
        {
            return payload is null ? "" : JsonNode.Parse(payload)?.ToJsonString(Indented) ?? "";
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or InvalidOperationException)
        {
            return payload!;
        }
    }
}
