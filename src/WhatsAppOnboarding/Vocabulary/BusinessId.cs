using System.Diagnostics.CodeAnalysis;

namespace WhatsAppOnboarding;

/// <summary>The id of a business portfolio at Meta, which owns WABAs.</summary>
/// <remarks>Never stored where a WABA id belongs. At most 32 ASCII digits, so that it can stand in a URL as it is.</remarks>
[System.Text.Json.Serialization.JsonConverter(typeof(GraphIdConverter<BusinessId>))]
public readonly record struct BusinessId : IGraphId<BusinessId>
{
    private readonly string? _value;

    private BusinessId(string value) => _value = value;

    /// <summary>Takes an id, or throws a <see cref="FormatException"/> when it is not 1 to 32 ASCII digits.</summary>
    public static BusinessId Parse(string value) => new(GraphId.Require(value, nameof(BusinessId)));

    /// <summary>Takes an id; false when it is not 1 to 32 ASCII digits.</summary>
    public static bool TryParse([NotNullWhen(true)] string? value, out BusinessId id)
    {
        id = GraphId.IsValid(value) ? new BusinessId(value) : default;
        return id._value is not null;
    }

    /// <summary>The digits.</summary>
    public override string ToString() => GraphId.Given(_value, nameof(BusinessId));
}
