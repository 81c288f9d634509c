using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Connect;

/// <summary>429 for a browser: programs see the status, people are led on to the onboarding page, which has the words.</summary>
internal static class TooManyPage
{
    public static Task WriteAsync(HttpContext context, TimeSpan wait, string onboarding)
    {
        var address = HtmlEncoder.Default.Encode(onboarding);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        context.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""<!doctype html><html lang="en"><meta http-equiv="refresh" content="0; url={address}"><title>Too many attempts</title><p><a href="{address}">Go on</a></p></html>""",
            context.RequestAborted);
    }
}
