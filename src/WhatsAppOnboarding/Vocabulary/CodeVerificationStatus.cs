namespace WhatsAppOnboarding;

/// <summary>Whether somebody proved to own the number by a code.</summary>
/// <remarks>
/// An open list: a value that Meta adds later is kept as it is. Compared without regard to case.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
/// </remarks>
[System.Text.Json.Serialization.JsonConverter(typeof(OpenEnumConverter<CodeVerificationStatus>))]
public readonly record struct CodeVerificationStatus : IOpenEnum<CodeVerificationStatus>
{
    private readonly string? _value;

    private CodeVerificationStatus(string? value) => _value = OpenEnum.Clean(value);

    /// <summary>Proved.</summary>
    public static CodeVerificationStatus Verified { get; } = new("VERIFIED");

    /// <summary>Not proved.</summary>
    public static CodeVerificationStatus NotVerified { get; } = new("NOT_VERIFIED");

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
