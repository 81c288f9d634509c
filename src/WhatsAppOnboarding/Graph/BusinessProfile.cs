using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Graph;

/// <summary>What customers see of a business when they open its profile. What is null is not set; in a change, it stays as it is.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/business-profiles</remarks>
public sealed record BusinessProfile
{
    /// <summary>The line under the name, 1 to 139 characters.</summary>
    public string? About { get; init; }

    /// <summary>The address, up to 256 characters.</summary>
    public string? Address { get; init; }

    /// <summary>What the business does, up to 512 characters.</summary>
    public string? Description { get; init; }

    /// <summary>The mail address, up to 128 characters.</summary>
    public string? Email { get; init; }

    /// <summary>Its web sites, at most two, with <c>http://</c> or <c>https://</c>, up to 256 characters each.</summary>
    public IReadOnlyList<string>? Websites { get; init; }

    /// <summary>The line of business in Meta's word, such as <c>RETAIL</c>.</summary>
    public string? Vertical { get; init; }

    /// <summary>Where the picture is. Only read: a change leaves it out.</summary>
    public string? PictureUrl { get; init; }
}

internal sealed record WireProfile(WireProfile.Content?[] Data)
{
    public static BusinessProfile? Read(ReadOnlySpan<byte> json) => TolerantJson.Read(json, GraphJson.Default.WireProfile) is { Data: [{ } profile, ..] }
        ? new()
        {
            About = profile.About,
            Address = profile.Address,
            Description = profile.Description,
            Email = profile.Email,
            Websites = profile.Websites is null ? null : [.. profile.Websites.OfType<string>()],
            Vertical = profile.Vertical,
            PictureUrl = profile.ProfilePictureUrl,
        }
        : null;

    public static JsonObject Write(BusinessProfile changes)
    {
        const string Name = nameof(changes);
        if (changes.About is not null)
            Limit.Given(changes.About, 139, "About", Name);
        if (changes.Websites is { } sites && (sites.Count > 2 || sites.Any(site => site.Length > 256 || !Uri.TryCreate(site, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))))
            throw new ArgumentException("A profile has at most two web sites, with http:// or https://, of up to 256 characters.", Name);
        (string Member, JsonNode? Value)[] members =
        [
            ("about", changes.About),
            ("address", Limit.Text(changes.Address, 256, "An address", Name)),
            ("description", Limit.Text(changes.Description, 512, "A description", Name)),
            ("email", Limit.Text(changes.Email, 128, "A mail address", Name)),
            ("vertical", changes.Vertical),
            ("websites", changes.Websites is null ? null : new JsonArray([.. changes.Websites.Select(site => JsonValue.Create(site))])),
        ];
        var body = new JsonObject { ["messaging_product"] = "whatsapp" };
        foreach (var (member, value) in members.Where(member => member.Value is not null))
            body[member] = value;
        return body.Count > 1 ? body : throw new ArgumentException("The change of a profile changes something.", Name);
    }

    internal sealed record Content(
        string? About = null, string? Address = null, string? Description = null, string? Email = null, string?[]? Websites = null, string? Vertical = null, string? ProfilePictureUrl = null);
}
