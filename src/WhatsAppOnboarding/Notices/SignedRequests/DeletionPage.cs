using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Notices;

/// <summary><c>GET …/data-deletion/{code}</c>: what became of a request to delete data. The same words for every code, for a request is answered only when it is done.</summary>
internal static class DeletionPage
{
    /// <summary>The route value with the confirmation code.</summary>
    public const string Code = "code";

    public static async Task ShowAsync(HttpContext context)
    {
        if (!DeletionCode.IsWellFormed(context.Request.RouteValues[Code] as string))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        RequestLanguage.Apply(context);
        var words = WhatsAppWords.Of(context);
        var title = Encoded(words.Text("page.deletion_done"));
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(
            $"""<!doctype html><html lang="{Encoded(words.Language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><title>{title}</title></head><body><main><h1>{title}</h1><p>{Encoded(words.Text("page.deletion_what"))}</p><p>{Encoded(words.Text("page.deletion_rest"))}</p></main></body></html>""",
            context.RequestAborted).ConfigureAwait(false);
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}

/// <summary>A confirmation code: random and kept nowhere, so that it tells nothing of anybody.</summary>
internal static class DeletionCode
{
    private const int Length = 32;

    public static string New() => RandomNumberGenerator.GetHexString(Length, lowercase: true);

    public static bool IsWellFormed(string? code) => code is { Length: Length } && code.All(char.IsAsciiHexDigitLower);
}
