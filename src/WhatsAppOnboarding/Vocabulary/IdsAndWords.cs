using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsAppOnboarding.Vocabulary;

/// <summary>What the three kinds of id at Meta have in common; one type each, so that they cannot be mixed up.</summary>
internal interface IGraphId<TSelf>
    where TSelf : struct, IGraphId<TSelf>
{
    static abstract bool TryParse([NotNullWhen(true)] string? value, out TSelf id);
}

internal static class GraphId
{
    public const int MaxLength = 32;

    public static bool IsValid([NotNullWhen(true)] string? value) =>
        value is { Length: > 0 and <= MaxLength } && !value.AsSpan().ContainsAnyExceptInRange('0', '9');

    public static string Require(string? value, string type) => IsValid(value)
        ? value
        : throw new FormatException($"A {type} is 1 to {MaxLength} ASCII digits.");

    public static string Given(string? value, string type) =>
        value ?? throw new InvalidOperationException($"This {type} was never given a value. Make it with {type}.Parse.");
}

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

/// <summary>Lets an account id travel as the text that it is, such as in a host's own queue.</summary>
internal sealed class AccountIdConverter : JsonConverter<AccountId>
{
    public override AccountId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && AccountId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("Not an AccountId.");

    public override void Write(Utf8JsonWriter writer, AccountId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

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
