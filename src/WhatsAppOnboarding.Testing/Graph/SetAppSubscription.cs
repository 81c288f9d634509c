using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>POST {app}/subscriptions</c>: callback and fields, after the handshake. The fields replace those of before.</summary>
internal static class SetAppSubscription
{
    public static NewCallback NewCallback(GraphRequest request)
    {
        Check(request);
        return Graph.NewCallback.Require(request, "callback_url");
    }

    public static JsonObject Answer(GraphRequest request)
    {
        var fields = Check(request);
        request.Core.App.Set(NewCallback(request).Address);
        request.Core.App.Fields = fields;
        return new JsonObject { ["success"] = true };
    }

    private static IReadOnlyList<string> Check(GraphRequest request)
    {
        request.RequireApp();
        request.RequireWhatsAppObject();
        if (request.Parameters["include_values"] is { } include && !bool.TryParse(include, out _))
            throw new GraphFailure(400, 100, "(#100) Param include_values must be a boolean");
        return request.Fields() is { Count: > 0 } fields ? fields
            : throw new GraphFailure(400, 100, "(#100) The parameter fields is required.");
    }
}
