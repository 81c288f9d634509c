using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>POST {waba}/subscribed_apps</c>; may be repeated. <c>subscribed_fields</c> does nothing, as at Meta.</summary>
internal static class SubscribeApp
{
    public static JsonObject Answer(GraphRequest request)
    {
        var token = request.RequireToken();
        var waba = request.RequireWaba(token);
        token.RequireScope("whatsapp_business_management");
        if (request.Parameters["override_callback_uri"] is not null)
            throw new GraphFailure(400, 100, "(#100) The emulator has no webhook overrides.");
        waba.IsAppSubscribed = true;
        return new JsonObject { ["success"] = true };
    }
}
