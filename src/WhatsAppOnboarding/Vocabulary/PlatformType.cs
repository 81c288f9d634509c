namespace WhatsAppOnboarding;

/// <summary>Where a number lives at Meta.</summary>
/// <remarks>
/// An open list: a value that Meta adds later is kept as it is. Compared without regard to case.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
/// </remarks>
[System.Text.Json.Serialization.JsonConverter(typeof(OpenEnumConverter<PlatformType>))]
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
