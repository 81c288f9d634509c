using Microsoft.AspNetCore.Diagnostics;

namespace WebHost.Security;

public static class ErrorPages
{
    /// <summary>Pages get an error page of this host; routes for programs answer for themselves.</summary>
    public static void UseErrorPages(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseExceptionHandler("/error");
        app.UseStatusCodePagesWithReExecute("/error", "?status={0}");
        app.Use((http, next) =>
        {
            if (!IsForPerson(http) && http.Features.Get<IStatusCodePagesFeature>() is { } pages)
                pages.Enabled = false;
            return next(http);
        });
    }

    /// <summary>
    /// Packs files of this host, and nothing else: a page that holds both what is secret and what others wrote would tell by its packed size what is secret.
    /// </summary>
    public static void AddPackedFiles(this IServiceCollection services) => services.AddResponseCompression(packing =>
    {
        packing.EnableForHttps = true;
        packing.MimeTypes = ["text/css", "text/javascript", "image/svg+xml"];
    });

    /// <summary>A file that is asked for by its version stays; of others browsers ask again before they use one from before an update.</summary>
    public static void UseFreshStaticFiles(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseResponseCompression();
        app.UseStaticFiles(new StaticFileOptions
        {
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = file.Context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache",
        });
    }

    private static bool IsForPerson(HttpContext http) =>
        !http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && !http.Request.Path.StartsWithSegments("/webhooks", StringComparison.Ordinal)
        && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
