using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Webhooks;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>DELETE {app}/subscriptions</c>: some fields, or without <c>fields</c> all and the callback.</summary>
internal static class DeleteAppSubscription
{
    public static JsonObject Answer(GraphRequest request)
    {
        request.RequireApp();
        request.RequireWhatsAppObject();
        request.Core.App.Drop(request.Fields() ?? WebhookFields.All);
        return new JsonObject { ["success"] = true };
    }
}
