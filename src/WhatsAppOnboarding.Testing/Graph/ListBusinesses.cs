using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>GET me/businesses</c>: the portfolios of a person. Needs <c>business_management</c>; a system user has none.</summary>
internal static class ListBusinesses
{
    public static JsonObject Answer(GraphRequest request)
    {
        var token = request.RequireToken(status: 400);
        if (token.Kind != EmulatedTokenKind.User)
            throw new GraphFailure(400, 100, "(#100) Tried accessing nonexisting field (businesses) on node type (SystemUser)");
        token.RequireScope("business_management");

        var order = 0;
        var businesses = request.World.Businesses
            .Select(business => (Business: business, Order: ++order))
            .Where(item => token.Grant.BusinessIds.Contains(item.Business.Id));
        return Paging.Page(request, businesses, item => item.Order, item => FieldSelection.Select(
            new JsonObject { ["id"] = item.Business.Id, ["name"] = item.Business.Name, ["verification_status"] = "verified" },
            request.Parameters["fields"],
            "id,name",
            "Business"));
    }
}
