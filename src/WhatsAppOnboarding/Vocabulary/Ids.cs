using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsAppOnboarding;

/// <summary>
/// The host's own id of one of its accounts (tenants): 1 to 200 characters, no control characters, compared exactly.
/// </summary>
[JsonConverter(typeof(AccountIdConverter))]
public readonly record struct AccountId
{
    /// <summary>The longest id that is accepted, in characters.</summary>
    public const int MaxLength = 200;

    private readonly string? _value;

    private AccountId(string value) => _value = value;

    /// <summary>Takes an id, or throws a <see cref="FormatException"/> that says what is wrong with it.</summary>
    public static AccountId Parse(string value) => TryParse(value, out var id)
        ? id
        : throw new FormatException($"An account id has 1 to {MaxLength} characters, none of them a control character or a space at either end.");

    /// <summary>Takes an id; false when it is missing, too long or has control characters or outer spaces.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out AccountId id)
    {
        var valid = value is { Length: > 0 and <= MaxLength }
            && !value.Any(char.IsControl)
            && !char.IsWhiteSpace(value[0])
            && !char.IsWhiteSpace(value[^1]);
        id = valid ? new AccountId(value!) : default;
        return valid;
    }

    /// <summary>The id as the host wrote it.</summary>
    public override string ToString() => _value ?? throw new InvalidOperationException("This AccountId was never given a value. Make it with AccountId.Parse.");
}

/// <summary>The id of a WhatsApp Business Account (WABA) at Meta.</summary>
/// <remarks>Never a business portfolio id and never a phone number id. At most 32 ASCII digits, so that it can stand in a URL as it is.</remarks>
[JsonConverter(typeof(GraphIdConverter<WabaId>))]
public readonly record struct WabaId : IGraphId<WabaId>
{
    private readonly string? _value;

    private WabaId(string value) => _value = value;

    /// <summary>Takes an id, or throws a <see cref="FormatException"/> when it is not 1 to 32 ASCII digits.</summary>
    public static WabaId Parse(string value) => new(GraphId.Require(value, nameof(WabaId)));

    /// <summary>Takes an id; false when it is not 1 to 32 ASCII digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out WabaId id)
    {
        id = GraphId.IsValid(value) ? new WabaId(value) : default;
        return id._value is not null;
    }

    /// <summary>The digits.</summary>
    public override string ToString() => GraphId.Given(_value, nameof(WabaId));
}

/// <summary>The id of a business phone number at Meta: what messages are sent from and webhooks name.</summary>
/// <remarks>Not the telephone number itself. At most 32 ASCII digits, so that it can stand in a URL as it is.</remarks>
[JsonConverter(typeof(GraphIdConverter<PhoneNumberId>))]
public readonly record struct PhoneNumberId : IGraphId<PhoneNumberId>
{
    private readonly string? _value;

    private PhoneNumberId(string value) => _value = value;

    /// <summary>Takes an id, or throws a <see cref="FormatException"/> when it is not 1 to 32 ASCII digits.</summary>
    public static PhoneNumberId Parse(string value) => new(GraphId.Require(value, nameof(PhoneNumberId)));

    /// <summary>Takes an id; false when it is not 1 to 32 ASCII digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out PhoneNumberId id)
    {
        id = GraphId.IsValid(value) ? new PhoneNumberId(value) : default;
        return id._value is not null;
    }

    /// <summary>The digits.</summary>
    public override string ToString() => GraphId.Given(_value, nameof(PhoneNumberId));
}

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
