using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsAppOnboarding.Vocabulary;

/// <summary>A list of words that Meta may lengthen at will: parse, keep, never throw.</summary>
internal interface IOpenEnum<TSelf>
    where TSelf : struct, IOpenEnum<TSelf>
{
    static abstract TSelf From(string? value);
}

internal static class OpenEnum
{
    public const string Unknown = "UNKNOWN";

    private const int MaxLength = 64;

    public static string? Clean(string? value) =>
        value is { Length: > 0 and <= MaxLength } && !string.Equals(value, Unknown, StringComparison.OrdinalIgnoreCase)
        && !value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? value : null;
}

internal sealed class OpenEnumConverter<T> : JsonConverter<T>
    where T : struct, IOpenEnum<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return T.From(reader.GetString());
        reader.Skip();
        return T.From(null);
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
