using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>POST {waba}/subscribed_apps</c>; may be repeated. Without <c>override_callback_uri</c> it ends an override. <c>subscribed_fields</c> does nothing, as at Meta.</summary>
internal static class SubscribeApp
{
    private const string Override = "override_callback_uri";
    private const int LongestOverride = 200;
    private const int WrongChallenge = 2201;

    public static NewCallback? NewCallback(GraphRequest request)
    {
        var waba = RequireWaba(request);
        if (request.Parameters[Override] is not { } address)
            return null;
        if (!request.Core.Options.AllowOverrides)
            throw new GraphFailure(403, 200, "(#200) You do not have the necessary permissions required to override the callback of this account.");
        if (!waba.IsAppSubscribed)
            throw new GraphFailure(400, 100, "(#100) Before override the current callback uri, your app must be subscribed to receive messages for WhatsApp Business Account");
        if (address.Length > LongestOverride)
            throw new GraphFailure(400, 100, $"(#100) Param {Override} must be at most {LongestOverride} characters long.");
        return Graph.NewCallback.Require(request, Override, WrongChallenge);
    }

    public static JsonObject Answer(GraphRequest request)
    {
        var waba = RequireWaba(request);
        var callback = NewCallback(request);
        waba.IsAppSubscribed = true;
        waba.OverrideCallback = callback?.Address;
        return new JsonObject { ["success"] = true };
    }

    private static EmulatedWaba RequireWaba(GraphRequest request)
    {
        var token = request.RequireToken();
        var waba = request.RequireWaba(token);
        token.RequireScope("whatsapp_business_management");
        return waba;
    }
}
