using System.Diagnostics.CodeAnalysis;

namespace WhatsAppOnboarding;

/// <summary>The id of a WhatsApp Business Account (WABA) at Meta.</summary>
/// <remarks>Never a business portfolio id and never a phone number id. At most 32 ASCII digits, so that it can stand in a URL as it is.</remarks>
[System.Text.Json.Serialization.JsonConverter(typeof(GraphIdConverter<WabaId>))]
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
[System.Text.Json.Serialization.JsonConverter(typeof(GraphIdConverter<PhoneNumberId>))]
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
