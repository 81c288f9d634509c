namespace WhatsAppOnboarding.Graph;

/// <summary>Lists the business portfolios of the person that a user token speaks for. Needs <c>business_management</c>.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/user/businesses</remarks>
/// <param name="Token">The customer's token.</param>
/// <param name="After">The cursor to go on from, or null for the first page.</param>
public sealed record ListBusinesses(AccessToken Token, string? After = null) : GraphCall<GraphPage<GraphBusiness>>
{
    internal override string Operation => "list_businesses";

    internal override string Path => "me/businesses";

    internal override GraphCredential Credential => GraphCredential.Of(Token);

    internal override void AddQuery(GraphQuery query, GraphOptions options) => query
        .Add("fields", "id,name")
        .Add("limit", "100")
        .Add("after", After);

    internal override GraphPage<GraphBusiness>? Read(ReadOnlySpan<byte> json) => WirePage.Read(json, GraphJson.Default.WirePageGraphBusiness);
}

/// <summary>A business portfolio.</summary>
/// <param name="Id">The portfolio's id.</param>
/// <param name="Name">Its name, or null when Meta did not say.</param>
public sealed record GraphBusiness(BusinessId Id, string? Name = null);
