using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Webhooks;

/// <summary>JSON as Meta writes it: slashes and everything outside ASCII escaped, hexadecimal digits in lower case.</summary>
internal static class WireJson
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(JsonNode payload)
    {
        var wire = new StringBuilder();
        foreach (var c in payload.ToJsonString(Plain))
        {
            if (c == '/')
                wire.Append("\\/");
            else if (char.IsAscii(c))
                wire.Append(c);
            else
                wire.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return wire.ToString();
    }
}
