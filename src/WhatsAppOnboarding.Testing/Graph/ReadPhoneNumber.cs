using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>GET {phone}</c>.</summary>
internal static class ReadPhoneNumber
{
    public static JsonObject Answer(GraphRequest request)
    {
        var token = request.RequireToken();
        var number = request.RequireNumber(token);
        token.RequireScope("whatsapp_business_management");
        return PhoneNumberFields.Select(request, number);
    }
}
