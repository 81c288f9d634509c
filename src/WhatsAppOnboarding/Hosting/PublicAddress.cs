using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

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
    /// Guards posts against other sites: what carries cookies must come from the host's own pages or from a listed origin.
    /// A bearer token without cookies is free to come from anywhere, for no browser attaches it by itself.
    /// </summary>
    public bool Allows(HttpRequest request)
    {
        if (request.Headers.Cookie.Count == 0)
            return true;

        var origin = request.Headers.Origin is [{ Length: > 0 } one] ? one : null;
        if (origin is not null && options.Value.AllowedOrigins.Contains(origin, StringComparer.OrdinalIgnoreCase))
            return true;

        return request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site]
            ? site == "same-origin"
            : origin is not null && string.Equals(origin, Origin, StringComparison.OrdinalIgnoreCase);
    }

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
