using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsAppOnboarding.Graph;

/// <summary>Reads text that Meta writes as a number at times, above all ids.</summary>
internal sealed class GraphTextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number when !reader.HasValueSequence => Encoding.ASCII.GetString(reader.ValueSpan),
        _ => throw new JsonException("Not a text."),
    };

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
