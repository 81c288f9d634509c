using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsAppOnboarding.Vocabulary;

/// <summary>Reads an id that Meta writes as a string in most answers and as a number in some.</summary>
internal sealed class GraphIdConverter<T> : JsonConverter<T>
    where T : struct, IGraphId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType switch
        {
            JsonTokenType.String => reader.GetString(),
            JsonTokenType.Number when reader.TryGetUInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
        return T.TryParse(text, out var id) ? id : throw new JsonException($"Not a {typeof(T).Name}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
