namespace WhatsAppOnboarding.Graph;

/// <summary>Lists the phone numbers of a WABA, up to 100 on a page.</summary>
/// <remarks>
/// When Meta does not know one of the configured fields, the page is asked for once more with Meta's own choice of fields; what is then missing is unknown.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
/// </remarks>
/// <param name="Token">The customer's token.</param>
/// <param name="Waba">The WABA.</param>
/// <param name="After">The cursor to go on from, or null for the first page.</param>
public sealed record ListPhoneNumbers(AccessToken Token, WabaId Waba, string? After = null) : GraphCall<GraphPage<NumberFacts>>
{
    private const int BadParameter = 100;

    internal override string Operation => "list_phone_numbers";

    internal override string Path => $"{Waba}/phone_numbers";

    internal override GraphCredential Credential => GraphCredential.Of(Token);

    private bool NamesFields { get; init; } = true;

    internal override void AddQuery(GraphQuery query, GraphOptions options) => query
        .Add("fields", NamesFields ? options.PhoneNumberFields : null)
        .Add("limit", "100")
        .Add("after", After);

    internal override GraphPage<NumberFacts>? Read(ReadOnlySpan<byte> json) => WirePage.Read(json, GraphJson.Default.WirePageNumberFacts);

    internal override GraphCall<GraphPage<NumberFacts>>? PlainerForm(GraphError error) =>
        NamesFields && error is { Kind: GraphErrorKind.Rejected, Code: BadParameter } ? this with { NamesFields = false } : null;
}
