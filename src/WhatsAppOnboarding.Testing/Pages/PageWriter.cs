using System.Text;
using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Testing.Pages;

internal static class PageWriter
{
    // form-action also governs redirects after a post, and the dialog redirects to the app, wherever that lives.
    private const string Policy = StrictPolicy + " http: https:";

    private const string StrictPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    public static Task WriteAsync(HttpContext http, int status, string title, string kind, Markup body) =>
        WriteAsync(http, status, "text/html; charset=utf-8", Page(title, kind, "/emulator.js", body));

    /// <summary>A page of the popup: its forms lead to itself only.</summary>
    public static Task WritePopupAsync(HttpContext http, int status, string title, Markup body) =>
        WriteAsync(http, status, "text/html; charset=utf-8", Page(title, "dialog", "/popup.js", body), StrictPolicy);

    private static string Page(string title, string kind, string script, Markup body)
    {
        Markup page = $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title}</title>
            <link rel="stylesheet" href="/emulator.css">
            <script src="{script}" defer></script>
            </head>
            <body class="{kind}">
            {body}
            </body>
            </html>
            """;
        return page.ToString();
    }

    public static Task WriteAsync(HttpContext http, int status, string contentType, string content, string policy = Policy)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "same-origin";
        return response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    public static void SeeOther(HttpContext http, string location)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = location;
    }
}
