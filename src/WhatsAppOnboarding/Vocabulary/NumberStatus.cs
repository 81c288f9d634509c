namespace WhatsAppOnboarding;

/// <summary>The state of a number at Meta. Only <see cref="Connected"/> can send and receive.</summary>
/// <remarks>
/// An open list: a value that Meta adds later is kept as it is. Compared without regard to case.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
/// </remarks>
[System.Text.Json.Serialization.JsonConverter(typeof(OpenEnumConverter<NumberStatus>))]
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
