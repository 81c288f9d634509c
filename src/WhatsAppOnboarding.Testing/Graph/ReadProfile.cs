using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>GET {phone}/whatsapp_business_profile</c>.</summary>
internal static class ReadProfile
{
    private const string Defaults = "messaging_product,about,address,description,email,profile_picture_url,websites,vertical";

    public static JsonObject Answer(GraphRequest request)
    {
        var profile = request.RequireProfile();
        var all = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["about"] = profile.About,
            ["address"] = profile.Address,
            ["description"] = profile.Description,
            ["email"] = profile.Email,
            ["profile_picture_url"] = profile.PictureUrl,
            ["websites"] = profile.Websites.Count == 0 ? null : new JsonArray([.. profile.Websites.Select(website => JsonValue.Create(website))]),
            ["vertical"] = profile.Vertical,
            ["id"] = null,
        };
        var chosen = FieldSelection.Select(all, request.Parameters["fields"], Defaults, "WhatsAppBusinessProfile");
        chosen["messaging_product"] = "whatsapp";
        return new JsonObject { ["data"] = new JsonArray(chosen) };
    }
}
