using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Faults;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>POST {phone}/deregister</c>. The PIN stays.</summary>
internal static class DeregisterNumber
{
    public static JsonObject Answer(GraphRequest request)
    {
        var number = request.RequireOwnNumber();
        if (!number.Deregistering.Take(request.Core.Now))
            throw RegisterNumber.TooMany();
        number.RefuseCoexistence();
        if (number.PlatformType != "CLOUD_API")
            throw MetaRefusal.Of(133010).ToFailure();
        number.Deregister();
        return new JsonObject { ["success"] = true };
    }
}
