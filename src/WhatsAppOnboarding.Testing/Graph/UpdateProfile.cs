using System.Net.Mail;
using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Graph.Messages;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>POST {phone}/whatsapp_business_profile</c>: what is named is set, all else stays. Nothing is set when anything is wrong.</summary>
internal static class UpdateProfile
{
    private static readonly string[] Verticals =
    [
        "ALCOHOL", "APPAREL", "AUTO", "BEAUTY", "EDU", "ENTERTAIN", "EVENT_PLAN", "FINANCE", "GOVT", "GROCERY", "HEALTH", "HOTEL",
        "NONPROFIT", "ONLINE_GAMBLING", "OTC_DRUGS", "OTHER", "PHYSICAL_GAMBLING", "PROF_SERVICES", "RESTAURANT", "RETAIL", "TRAVEL",
    ];

    public static JsonObject Answer(GraphRequest request)
    {
        var profile = request.RequireProfile();
        request.RequireWhatsApp();
        if (request.Parameters["profile_picture_handle"] is not null)
            throw new GraphFailure(400, 100, "(#100) The emulator has no Resumable Upload API, so it knows no handle of a picture.");

        var about = Text(request, "about", 139);
        var address = Text(request, "address", 256);
        var description = Text(request, "description", 512);
        var email = Text(request, "email", 128);
        var vertical = request.Parameters["vertical"];
        var websites = Websites(request);
        if (about is "")
            throw Wrong("about", "must not be empty");
        if (email is { Length: > 0 } && (!MailAddress.TryCreate(email, out var parsed) || parsed.Address != email))
            throw Wrong("email", "must be a valid email address");
        if (vertical is not null && !Verticals.Contains(vertical))
            throw Wrong("vertical", $"must be one of {{{string.Join(", ", Verticals)}}}");

        profile.About = about ?? profile.About;
        profile.Address = Set(address, profile.Address);
        profile.Description = Set(description, profile.Description);
        profile.Email = Set(email, profile.Email);
        profile.Vertical = vertical ?? profile.Vertical;
        profile.Websites = websites ?? profile.Websites;
        return new JsonObject { ["success"] = true };
    }

    /// <summary>An empty text takes the old one away.</summary>
    private static string? Set(string? next, string? now) => next is null ? now : next.Length == 0 ? null : next;

    private static string? Text(GraphRequest request, string name, int longest) =>
        request.Parameters[name] is not { } text ? null
        : text.Length <= longest ? text
        : throw Wrong(name, $"must be at most {longest} characters long.");

    private static IReadOnlyList<string>? Websites(GraphRequest request)
    {
        if (request.Parameters["websites"] is not { } text)
            return null;
        var websites = MessagePart.Strings(text) ?? throw Wrong("websites", "must be an array of strings.");
        if (websites.Count > 2)
            throw Wrong("websites", "must have at most 2 elements.");
        return websites.All(website => website.Length <= 256 && MessagePart.IsWebAddress(website)) ? websites
            : throw Wrong("websites", "must be valid http or https URLs of at most 256 characters.");
    }

    private static GraphFailure Wrong(string name, string what) => new(400, 100, $"(#100) Param {name} {what}");
}
