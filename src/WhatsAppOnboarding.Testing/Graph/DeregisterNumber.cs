using System.Text.Json.Nodes;

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
            throw new GraphFailure(400, 133010, "(#133010) The account is not registered") { Details = "Phone number is not registered on the WhatsApp Business Platform." };
        (number.Status, number.PlatformType) = ("PENDING", "NOT_APPLICABLE");
        return new JsonObject { ["success"] = true };
    }
}
