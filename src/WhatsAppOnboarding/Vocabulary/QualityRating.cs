namespace WhatsAppOnboarding;

/// <summary>How well a number's messages are received, as Meta rates it.</summary>
/// <remarks>
/// An open list: a value that Meta adds later is kept as it is. Compared without regard to case.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
/// </remarks>
[System.Text.Json.Serialization.JsonConverter(typeof(OpenEnumConverter<QualityRating>))]
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
