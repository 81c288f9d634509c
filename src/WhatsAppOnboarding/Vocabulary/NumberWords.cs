using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsAppOnboarding;

/// <summary>The state of a number at Meta. Only <see cref="Connected"/> can send and receive.</summary>
/// <remarks>
/// An open list: a value that Meta adds later is kept as it is. Compared without regard to case.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
/// </remarks>
[JsonConverter(typeof(OpenEnumConverter<NumberStatus>))]
public readonly record struct NumberStatus : IOpenEnum<NumberStatus>
{
    private readonly string? _value;

    private NumberStatus(string? value) => _value = OpenEnum.Clean(value);

    /// <summary>Ready to send and receive.</summary>
    public static NumberStatus Connected { get; } = new("CONNECTED");

    /// <summary>Meta has not finished with it.</summary>
    public static NumberStatus Pending { get; } = new("PENDING");

    /// <summary>Banned by Meta.</summary>
    public static NumberStatus Banned { get; } = new("BANNED");

    /// <summary>Not reachable over the API.</summary>
    public static NumberStatus Disconnected { get; } = new("DISCONNECTED");

    /// <summary>Not verified yet.</summary>
    public static NumberStatus Unverified { get; } = new("UNVERIFIED");

    /// <summary>Not reachable at the moment.</summary>
    public static NumberStatus Offline { get; } = new("OFFLINE");

    /// <summary>Whether Meta said anything at all. An unknown value is never read as a no.</summary>
    public bool IsKnown => _value is not null;

    /// <summary>Takes Meta's word for it; null, empty and over-long text become the unknown value.</summary>
    public static NumberStatus From(string? value) => new(value);

    /// <inheritdoc />
    public bool Equals(NumberStatus other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>Meta's word, or <c>UNKNOWN</c>.</summary>
    public override string ToString() => _value ?? OpenEnum.Unknown;
}

/// <summary>Whether somebody proved to own the number by a code.</summary>
/// <remarks>
/// An open list: a value that Meta adds later is kept as it is. Compared without regard to case.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
/// </remarks>
[JsonConverter(typeof(OpenEnumConverter<CodeVerificationStatus>))]
public readonly record struct CodeVerificationStatus : IOpenEnum<CodeVerificationStatus>
{
    private readonly string? _value;

    private CodeVerificationStatus(string? value) => _value = OpenEnum.Clean(value);

    /// <summary>Proved.</summary>
    public static CodeVerificationStatus Verified { get; } = new("VERIFIED");

    /// <summary>Not proved.</summary>
    public static CodeVerificationStatus NotVerified { get; } = new("NOT_VERIFIED");

    /// <summary>Not proved: Meta's other word for <see cref="NotVerified"/>.</summary>
    public static CodeVerificationStatus Unverified { get; } = new("UNVERIFIED");

    /// <summary>Proved once, no longer valid.</summary>
    public static CodeVerificationStatus Expired { get; } = new("EXPIRED");

    /// <summary>Whether Meta said anything at all. An unknown value is never read as a no.</summary>
    public bool IsKnown => _value is not null;

    /// <summary>Takes Meta's word for it; null, empty and over-long text become the unknown value.</summary>
    public static CodeVerificationStatus From(string? value) => new(value);

    /// <inheritdoc />
    public bool Equals(CodeVerificationStatus other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>Meta's word, or <c>UNKNOWN</c>.</summary>
    public override string ToString() => _value ?? OpenEnum.Unknown;
}

/// <summary>Where a number lives at Meta.</summary>
/// <remarks>
/// An open list: a value that Meta adds later is kept as it is. Compared without regard to case.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
/// </remarks>
[JsonConverter(typeof(OpenEnumConverter<PlatformType>))]
public readonly record struct PlatformType : IOpenEnum<PlatformType>
{
    private readonly string? _value;

    private PlatformType(string? value) => _value = OpenEnum.Clean(value);

    /// <summary>Registered with the Cloud API.</summary>
    public static PlatformType CloudApi { get; } = new("CLOUD_API");

    /// <summary>Registered with the former on-premises API.</summary>
    public static PlatformType OnPremise { get; } = new("ON_PREMISE");

    /// <summary>Registered nowhere.</summary>
    public static PlatformType NotApplicable { get; } = new("NOT_APPLICABLE");

    /// <summary>Whether Meta said anything at all. An unknown value is never read as a no.</summary>
    public bool IsKnown => _value is not null;

    /// <summary>Takes Meta's word for it; null, empty and over-long text become the unknown value.</summary>
    public static PlatformType From(string? value) => new(value);

    /// <inheritdoc />
    public bool Equals(PlatformType other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>Meta's word, or <c>UNKNOWN</c>.</summary>
    public override string ToString() => _value ?? OpenEnum.Unknown;
}

/// <summary>How well a number's messages are received, as Meta rates it.</summary>
/// <remarks>
/// An open list: a value that Meta adds later is kept as it is. Compared without regard to case.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
/// </remarks>
[JsonConverter(typeof(OpenEnumConverter<QualityRating>))]
public readonly record struct QualityRating : IOpenEnum<QualityRating>
{
    private readonly string? _value;

    private QualityRating(string? value) => _value = OpenEnum.Clean(value);

    /// <summary>High quality.</summary>
    public static QualityRating Green { get; } = new("GREEN");

    /// <summary>Medium quality.</summary>
    public static QualityRating Yellow { get; } = new("YELLOW");

    /// <summary>Low quality.</summary>
    public static QualityRating Red { get; } = new("RED");

    /// <summary>Whether Meta said anything at all. An unknown value is never read as a no.</summary>
    public bool IsKnown => _value is not null;

    /// <summary>Takes Meta's word for it; null, empty and over-long text become the unknown value.</summary>
    public static QualityRating From(string? value) => new(value);

    /// <inheritdoc />
    public bool Equals(QualityRating other) => string.Equals(_value, other._value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    public override int GetHashCode() => _value is null ? 0 : StringComparer.OrdinalIgnoreCase.GetHashCode(_value);

    /// <summary>Meta's word, or <c>UNKNOWN</c>.</summary>
    public override string ToString() => _value ?? OpenEnum.Unknown;
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
