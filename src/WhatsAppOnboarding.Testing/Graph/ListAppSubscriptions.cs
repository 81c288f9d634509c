using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Webhooks;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>GET {app}/subscriptions</c>.</summary>
internal static class ListAppSubscriptions
{
    public static JsonObject Answer(GraphRequest request)
    {
        request.RequireApp();
        var data = new JsonArray();
        if (request.Core.App.Address is { } callback)
        {
            data.Add(new JsonObject
            {
                ["object"] = WebhookFields.Object,
                ["callback_url"] = callback.OriginalString,
                ["active"] = true,
                ["fields"] = new JsonArray([.. (request.Core.App.Fields ?? WebhookFields.All).Select(field => new JsonObject { ["name"] = field, ["version"] = request.Version })]),
            });
        }

        return new JsonObject { ["data"] = data };
    }
}
