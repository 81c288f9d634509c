using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace WhatsAppOnboarding.Hosting;

/// <summary>Where the host is reached: configured, or in Development what the server listens on. Never from a request. And which posts it takes.</summary>
internal sealed class PublicAddress(IOptions<WhatsAppOnboardingOptions> options, IServer server)
{
    /// <summary>Scheme, host and port, without a slash at the end.</summary>
    public string Origin => options.Value.PublicOrigin?.TrimEnd('/') ?? FirstListening();

    /// <summary>Whether browsers come by https, so that cookies can be bound to it.</summary>
    public bool IsHttps => Origin.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>What Meta is told to send the browser back to, to the letter.</summary>
    public string RedirectUri => options.Value.RedirectUri ?? Origin + options.Value.Paths.Callback;

    /// <summary>
    /// Guards posts against other sites: what a browser sends must come from the host's own pages or from a listed origin, whatever signs it in, for cookies
    /// are not all that a browser attaches by itself (Basic, Negotiate, certificates). Free are a token without cookies, which no browser attaches by
    /// itself, and what no browser sent: neither cookies nor a word of where it comes from.
    /// </summary>
    public bool Allows(HttpRequest request)
    {
        var origin = request.Headers.Origin;
        if (origin is [{ } listed] && options.Value.AllowedOrigins.Contains(listed, StringComparer.OrdinalIgnoreCase))
            return true;

        var hasCookies = request.Headers.Cookie.Count > 0;
        if (!hasCookies && HasToken(request.Headers.Authorization))
            return true;

        var site = request.Headers["Sec-Fetch-Site"];
        return site.Count > 0
            ? site is ["same-origin"]
            : origin.Count > 0 ? origin is [{ } one] && string.Equals(one, Origin, StringComparison.OrdinalIgnoreCase) : !hasCookies;
    }

    /// <summary>
    /// Whether a browser that navigates was sent here by a page of another site. The browser's own word: a page cannot change it, and a program that leaves
    /// it out only counts against itself.
    /// </summary>
    public static bool IsSentByOtherSite(HttpRequest request) => request.Headers["Sec-Fetch-Site"] is ["cross-site" or "same-site"];

    private static bool HasToken(StringValues authorization) => authorization is [{ } one]
        && (one.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || one.StartsWith("DPoP ", StringComparison.OrdinalIgnoreCase));

    private string FirstListening()
    {
        var first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
            ?? throw new InvalidOperationException("The server has no address to derive a public origin from. Set WhatsAppOnboarding:PublicOrigin.");
        return first.Replace("://[::]", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal)
            .Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .TrimEnd('/');
    }
}
