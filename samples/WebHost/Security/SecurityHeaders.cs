using Microsoft.AspNetCore.HostFiltering;
using Microsoft.Extensions.Options;

namespace WebHost.Security;

public static class SecurityHeaders
{
    /// <summary>Answers only for the hosts of <c>AllowedHosts</c> and of the public address, wherever a request says that it was sent.</summary>
    public static void UseOwnHosts(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (Uri.TryCreate(builder.Configuration["WhatsAppOnboarding:PublicOrigin"], UriKind.Absolute, out var origin))
            builder.Services.PostConfigure<HostFilteringOptions>(hosts => hosts.AllowedHosts = [.. hosts.AllowedHosts.Append(origin.Host).Distinct()]);
    }

    /// <summary>Tells browsers to run and show only what this host serves, whatever text ends up in a page.</summary>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.Services.GetRequiredService<IOptions<WhatsAppOnboardingOptions>>().Value;
        var (policy, withMeta) = (Policy(options), Policy(options) + MetaSources(options));
        // Behind a proxy that ends TLS a request looks like plain http. What browsers see is the public address, and no header has to be trusted for it.
        if (options.PublicOrigin?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true)
        {
            app.Use((http, next) =>
            {
                http.Request.Scheme = Uri.UriSchemeHttps;
                return next(http);
            });
        }

        if (!app.Environment.IsDevelopment())
            app.UseHsts();

        app.Use((http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                var headers = http.Response.Headers;
                // The library's own pages say themselves what they may do.
                if (headers.ContentSecurityPolicy.Count == 0)
                    headers.ContentSecurityPolicy = http.Request.Path.Equals(options.Paths.Onboarding, StringComparison.OrdinalIgnoreCase) ? withMeta : policy;
                headers.XContentTypeOptions = "nosniff";
                headers.TryAdd("Referrer-Policy", "same-origin");
                // Voice messages are recorded in the inbox, once the person allows it.
                var microphone = http.Request.Path.Equals("/dashboard", StringComparison.OrdinalIgnoreCase) ? "self" : "";
                headers.TryAdd("Permissions-Policy", $"camera=(), geolocation=(), microphone=({microphone})");
                headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin-allow-popups");
                return Task.CompletedTask;
            });
            return next(http);
        });
    }

    /// <remarks>
    /// Browsers hold redirects that follow a form to <c>form-action</c> too, and Connect WhatsApp is a form that ends at Meta's dialog,
    /// which on some devices is on another host of Meta's.
    /// </remarks>
    private static string Policy(WhatsAppOnboardingOptions options)
    {
        var origin = Origin(options.DialogBaseAddress);
        var dialogs = options.DialogBaseAddress.Host.EndsWith(".facebook.com", StringComparison.OrdinalIgnoreCase) ? $"{origin} https://*.facebook.com" : origin;
        return $"default-src 'self'; frame-ancestors 'none'; form-action 'self' {dialogs}; base-uri 'none'; object-src 'none'";
    }

    /// <summary>What the one page with the web component may load of Meta: its script, and what that script asks Meta for.</summary>
    private static string MetaSources(WhatsAppOnboardingOptions options)
    {
        var meta = Origin(options.DialogBaseAddress);
        return $"; script-src 'self' {Origin(options.SdkAddress)}; frame-src {meta}; connect-src 'self' {meta}; img-src 'self' {meta}";
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
