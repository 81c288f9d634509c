using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsAppOnboarding.Graph;

/// <summary>How Meta's JSON is read and written, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(GraphTextConverter)])]
[JsonSerializable(typeof(WireToken))]
[JsonSerializable(typeof(WireInspection))]
[JsonSerializable(typeof(WireDone))]
[JsonSerializable(typeof(WireSent))]
[JsonSerializable(typeof(WireRegistration))]
[JsonSerializable(typeof(WireCodeRequest))]
[JsonSerializable(typeof(WireCode))]
[JsonSerializable(typeof(WireSync))]
[JsonSerializable(typeof(AppDataRequest))]
[JsonSerializable(typeof(WireOverride))]
[JsonSerializable(typeof(WireOverridden))]
[JsonSerializable(typeof(WireAppFields))]
[JsonSerializable(typeof(GraphBusiness))]
[JsonSerializable(typeof(GraphWaba))]
[JsonSerializable(typeof(NumberFacts))]
[JsonSerializable(typeof(WireSubscribedApp))]
[JsonSerializable(typeof(WireAppSubscription))]
[JsonSerializable(typeof(WireMedia))]
[JsonSerializable(typeof(WireUploaded))]
[JsonSerializable(typeof(WireTemplate))]
[JsonSerializable(typeof(WireProfile))]
[JsonSerializable(typeof(WireNumberDetails))]
internal sealed partial class GraphJson : JsonSerializerContext;

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

/// <summary>A bare confirmation as Meta writes it.</summary>
internal sealed record WireDone(bool Success)
{
    public static GraphDone? Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, GraphJson.Default.WireDone) is { Success: true } ? new() : null;
}
