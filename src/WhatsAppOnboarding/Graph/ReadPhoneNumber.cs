using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>Reads one phone number as Meta describes it now.</summary>
/// <remarks>
/// When Meta does not know one of the configured fields, the number is asked for once more with Meta's own choice of fields; what is then missing is unknown.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
/// </remarks>
/// <param name="Token">The customer's token.</param>
/// <param name="Number">The number.</param>
public sealed record ReadPhoneNumber(AccessToken Token, PhoneNumberId Number) : GraphCall<NumberFacts>
{
    private const int BadParameter = 100;

    internal override string Operation => "read_phone_number";

    internal override string Path => Number.ToString();

    internal override GraphCredential Credential => GraphCredential.Of(Token);

    private bool NamesFields { get; init; } = true;

    internal override void AddQuery(GraphQuery query, GraphOptions options) => query.Add("fields", NamesFields ? options.PhoneNumberFields : null);

    internal override NumberFacts? Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, GraphJson.Default.NumberFacts) is { } number && number.Id == Number ? number : null;

    internal override GraphCall<NumberFacts>? PlainerForm(GraphError error) =>
        NamesFields && error is { Kind: GraphErrorKind.Rejected, Code: BadParameter } ? this with { NamesFields = false } : null;
}
