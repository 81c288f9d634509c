namespace WhatsAppOnboarding.Graph;

/// <summary>Lists the phone numbers of a WABA, up to 100 on a page.</summary>
/// <remarks>
/// When Meta does not know one of the configured fields, the page is asked for once more with Meta's own choice of fields; what is then missing is unknown.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers
/// </remarks>
/// <param name="Token">The customer's token.</param>
/// <param name="Waba">The WABA.</param>
/// <param name="After">The cursor to go on from, or null for the first page.</param>
public sealed record ListPhoneNumbers(AccessToken Token, WabaId Waba, string? After = null) : GraphCall<GraphPage<GraphPhoneNumber>>
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

    internal override GraphPage<GraphPhoneNumber>? Read(ReadOnlySpan<byte> json) => WirePage.Read(json, GraphJson.Default.WirePageGraphPhoneNumber);

    internal override GraphCall<GraphPage<GraphPhoneNumber>>? PlainerForm(GraphError error) =>
        NamesFields && error is { Kind: GraphErrorKind.Rejected, Code: BadParameter } ? this with { NamesFields = false } : null;
}

/// <summary>A business phone number as Meta describes it now. All but the id may be unknown, which is never to be read as a no.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers</remarks>
public sealed record GraphPhoneNumber
{
    /// <summary>The number's id.</summary>
    public required PhoneNumberId Id { get; init; }

    /// <summary>The telephone number, written for people: <c>+1 631-555-0100</c>.</summary>
    public string? DisplayPhoneNumber { get; init; }

    /// <summary>The name that customers see.</summary>
    public string? VerifiedName { get; init; }

    /// <summary>How well its messages are received.</summary>
    public QualityRating QualityRating { get; init; }

    /// <summary>Whether it can send and receive.</summary>
    public NumberStatus Status { get; init; }

    /// <summary>Whether somebody proved to own it.</summary>
    public CodeVerificationStatus CodeVerificationStatus { get; init; }

    /// <summary>Where it is registered.</summary>
    public PlatformType PlatformType { get; init; }

    /// <summary>Whether it is in use in the WhatsApp Business app; together with <see cref="PlatformType.CloudApi"/> this means coexistence.</summary>
    public bool? IsOnBizApp { get; init; }

    /// <summary>What became of the name's review, in Meta's word.</summary>
    public string? NameStatus { get; init; }

    /// <summary><c>LIVE</c> or <c>SANDBOX</c>, in Meta's word.</summary>
    public string? AccountMode { get; init; }
}
