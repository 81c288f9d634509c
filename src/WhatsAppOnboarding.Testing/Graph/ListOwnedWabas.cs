using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>GET {business}/owned_whatsapp_business_accounts</c>, as far as the token opens them.</summary>
internal static class ListOwnedWabas
{
    public static JsonObject Answer(GraphRequest request)
    {
        var token = request.RequireToken();
        var business = request.RequireBusiness(token);
        token.RequireScope("business_management");
        return Paging.Page(request, business.Wabas.Where(token.Opens), waba => waba.Sequence, waba => WabaFields.Select(request, waba));
    }
}
