using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>GET {waba}/phone_numbers</c>.</summary>
internal static class ListPhoneNumbers
{
    public static JsonObject Answer(GraphRequest request)
    {
        var token = request.RequireToken();
        var waba = request.RequireWaba(token);
        token.RequireScope("whatsapp_business_management");
        return Paging.Page(request, waba.Numbers, number => number.Sequence, number => PhoneNumberFields.Select(request, number));
    }
}
