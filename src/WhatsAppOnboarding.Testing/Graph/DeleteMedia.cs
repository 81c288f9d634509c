using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>DELETE {media}</c>. Its addresses end with it.</summary>
internal static class DeleteMedia
{
    public static JsonObject Answer(GraphRequest request)
    {
        request.World.Media.Remove(request.RequireMedia());
        return new JsonObject { ["success"] = true };
    }
}
