using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>GET {business}/client_whatsapp_business_accounts</c>, as far as the token opens them.</summary>
internal static class ListClientWabas
{
    public static JsonObject Answer(GraphRequest request)
    {
        var token = request.RequireToken();
        var business = request.RequireBusiness(token);
        token.RequireScope("business_management");
        return Paging.Page(request, business.ClientWabas.Where(token.Opens), waba => waba.Sequence, waba => WabaFields.Select(request, waba));
    }
}
