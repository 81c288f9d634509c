using Microsoft.Extensions.Options;
using WhatsAppOnboarding;

namespace WebHost.Security;

public static class SecurityHeaders
{
    /// <summary>Tells browsers to run and show only what this host serves, whatever text ends up in a page.</summary>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var policy = Policy(app.Services.GetRequiredService<IOptions<WhatsAppOnboardingOptions>>().Value.DialogBaseAddress);
        if (!app.Environment.IsDevelopment())
            app.UseHsts();

        app.Use((http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                var headers = http.Response.Headers;
                headers.ContentSecurityPolicy = policy;
                headers.XContentTypeOptions = "nosniff";
                headers.TryAdd("Referrer-Policy", "same-origin");
                headers.TryAdd("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
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
    private static string Policy(Uri dialog)
    {
        var origin = dialog.GetLeftPart(UriPartial.Authority);
        var dialogs = dialog.Host.EndsWith(".facebook.com", StringComparison.OrdinalIgnoreCase) ? $"{origin} https://*.facebook.com" : origin;
        return $"default-src 'self'; frame-ancestors 'none'; form-action 'self' {dialogs}; base-uri 'none'; object-src 'none'";
    }
}
