using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Hosting;

/// <summary>
/// Guards posts against other sites: what carries cookies must come from the host's own pages or from a listed origin.
/// A bearer token without cookies is free to come from anywhere, for no browser attaches it by itself.
/// </summary>
internal sealed class SameOrigin(IOptions<WhatsAppOnboardingOptions> options, PublicAddress address)
{
    public bool Allows(HttpRequest request)
    {
        if (request.Headers.Cookie.Count == 0)
            return true;

        var origin = request.Headers.Origin is [{ Length: > 0 } one] ? one : null;
        if (origin is not null && options.Value.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase))
            return true;

        return request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site]
            ? site == "same-origin"
            : origin is not null && string.Equals(origin, address.Origin, StringComparison.OrdinalIgnoreCase);
    }
}
