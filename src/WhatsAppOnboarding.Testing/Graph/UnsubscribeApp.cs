using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>DELETE {waba}/subscribed_apps</c>; may be repeated.</summary>
internal static class UnsubscribeApp
{
    public static JsonObject Answer(GraphRequest request)
    {
        var token = request.RequireToken();
        var waba = request.RequireWaba(token);
        token.RequireScope("whatsapp_business_management");
        waba.IsAppSubscribed = false;
        return new JsonObject { ["success"] = true };
    }
}
