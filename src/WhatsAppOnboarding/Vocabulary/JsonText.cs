using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace WhatsAppOnboarding.Vocabulary;

/// <summary>Reads the texts of other people's JSON, in which a text may have been cut in the middle of a character.</summary>
internal static class JsonText
{
    /// <summary>The text. What is no character in it (half of a surrogate pair, broken UTF-8) is U+FFFD, as where a browser shows it.</summary>
    /// <param name="text">A JSON string.</param>
    public static string Of(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            var escaped = Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(text))[1..^1];
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(Regex.Unescape(escaped)));
        }
    }
}
