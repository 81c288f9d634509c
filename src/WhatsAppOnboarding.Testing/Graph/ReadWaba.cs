using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>GET {waba}</c>.</summary>
internal static class ReadWaba
{
    public static JsonObject Answer(GraphRequest request)
    {
        var token = request.RequireToken();
        var waba = request.RequireWaba(token);
        token.RequireScope("whatsapp_business_management");
        return WabaFields.Select(request, waba);
    }
}
