using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>GET {waba}/subscribed_apps</c>.</summary>
internal static class ListSubscribedApps
{
    public static JsonObject Answer(GraphRequest request)
    {
        var token = request.RequireToken();
        var waba = request.RequireWaba(token);
        token.RequireScope("whatsapp_business_management");
        var data = new JsonArray();
        if (waba.IsAppSubscribed)
            data.Add(Describe(request.Core, waba));
        return new JsonObject { ["data"] = data };
    }

    private static JsonObject Describe(EmulatorCore core, EmulatedWaba waba)
    {
        var app = new JsonObject
        {
            ["whatsapp_business_api_data"] = new JsonObject
            {
                ["id"] = core.AppId,
                ["name"] = core.Options.AppName,
                ["link"] = "https://www.facebook.com/games/?app_id=" + core.AppId,
            },
        };
        if (waba.OverrideCallback is { } callback)
            app["override_callback_uri"] = callback.OriginalString;
        return app;
    }
}
