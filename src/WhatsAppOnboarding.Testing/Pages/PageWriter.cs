using System.Text;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Testing.Graph;

namespace WhatsAppOnboarding.Testing.Pages;

internal static class PageWriter
{
    // form-action also governs redirects after a post, and the dialog redirects to the app, wherever that lives.
    private const string Policy = StrictPolicy + " http: https:";

    private const string StrictPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; media-src 'self'; "
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
            <meta name="color-scheme" content="light dark">
            <link rel="stylesheet" href="/emulator.css">
            <link rel="stylesheet" href="/cockpit.css">
            <script src="{script}" defer></script>
            </head>
            <body class="{kind}">
            {body}
            </body>
            </html>
            """;
        return page.ToString();
    }

    /// <summary>A file of a conversation. What is no picture, sound or video is saved, never shown: it is whatever somebody sent.</summary>
    public static Task WriteAsync(HttpContext http, EmulatedMedia media)
    {
        var isShown = MediaTypes.KindOf(media.MimeType) != "document";
        if (!isShown)
            http.Response.Headers.ContentDisposition = "attachment";
        return WriteAsync(http, 200, isShown ? media.MimeType : "application/octet-stream", media.Content, "default-src 'none'; sandbox");
    }

    public static Task WriteAsync(HttpContext http, int status, string contentType, string content, string policy = Policy) =>
        WriteAsync(http, status, contentType, Encoding.UTF8.GetBytes(content), policy);

    private static Task WriteAsync(HttpContext http, int status, string contentType, ReadOnlyMemory<byte> bytes, string policy)
    {
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
