namespace WhatsAppOnboarding.Graph;

/// <summary>The calls that find WABAs where a token names none. All need <c>business_management</c>.</summary>
internal static class PortfolioCalls
{
    /// <summary>Lists the business portfolios of the person that a user token speaks for.</summary>
    /// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/user/businesses</remarks>
    public static GraphCall<GraphPage<GraphBusiness>> ListBusinesses(AccessToken token, string? after = null) =>
        GraphCall.List("list_businesses", "me/businesses", token, GraphJson.Default.GraphBusiness, after, ("fields", "id,name"), ("limit", "100"));

    /// <summary>Lists the WABAs that a business portfolio owns. Ask it of the customer's portfolio.</summary>
    /// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/business/owned_whatsapp_business_accounts</remarks>
    public static GraphCall<GraphPage<GraphWaba>> ListOwnedWabas(AccessToken token, BusinessId business, string? after = null) =>
        List("list_owned_wabas", $"{business}/owned_whatsapp_business_accounts", token, after);

    /// <summary>Lists the WABAs that others have shared with a business portfolio.</summary>
    /// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/business/client_whatsapp_business_accounts</remarks>
    public static GraphCall<GraphPage<GraphWaba>> ListClientWabas(AccessToken token, BusinessId business, string? after = null) =>
        List("list_client_wabas", $"{business}/client_whatsapp_business_accounts", token, after);

    private static GraphCall<GraphPage<GraphWaba>> List(string operation, string path, AccessToken token, string? after) =>
        GraphCall.List(operation, path, token, GraphJson.Default.GraphWaba, after, ("fields", "id,name"), ("limit", "100"));
}

/// <summary>A business portfolio.</summary>
/// <param name="Id">The portfolio's id.</param>
/// <param name="Name">Its name, or null when Meta did not say.</param>
internal sealed record GraphBusiness(BusinessId Id, string? Name = null);

/// <summary>A WhatsApp Business Account.</summary>
/// <param name="Id">The WABA's id.</param>
/// <param name="Name">Its name, or null when Meta did not say.</param>
internal sealed record GraphWaba(WabaId Id, string? Name = null);
