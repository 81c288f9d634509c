namespace WhatsAppOnboarding.Graph;

/// <summary>Lists the WABAs that others have shared with a business portfolio. Needs <c>business_management</c>.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/business/client_whatsapp_business_accounts</remarks>
/// <param name="Token">The token to ask with.</param>
/// <param name="Business">The portfolio.</param>
/// <param name="After">The cursor to go on from, or null for the first page.</param>
public sealed record ListClientWabas(AccessToken Token, BusinessId Business, string? After = null) : GraphCall<GraphPage<GraphWaba>>
{
    internal override string Operation => "list_client_wabas";

    internal override string Path => $"{Business}/client_whatsapp_business_accounts";

    internal override GraphCredential Credential => GraphCredential.Of(Token);

    internal override void AddQuery(GraphQuery query, GraphOptions options) => query
        .Add("fields", "id,name")
        .Add("limit", "100")
        .Add("after", After);

    internal override GraphPage<GraphWaba>? Read(ReadOnlySpan<byte> json) => WirePage.Read(json, GraphJson.Default.WirePageGraphWaba);
}
