using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Errors;

namespace WhatsAppOnboarding.Connect;

/// <summary>Refuses a browser that navigates: programs see status and code, people are led on to the onboarding page, which has the words.</summary>
internal static class ErrorPage
{
    public static Task WriteAsync(HttpContext context, string code, string onboarding, TimeSpan? retryAfter = null)
    {
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return ProblemAnswer.WriteAsync(context, code, retryAfter);

        var address = HtmlEncoder.Default.Encode(onboarding);
        var text = ErrorCatalogue.Find(code);
        context.Response.StatusCode = text.HttpStatus;
        if (retryAfter is { } wait)
            ProblemAnswer.SetRetryAfter(context, wait);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""<!doctype html><html lang="en"><meta http-equiv="refresh" content="0; url={address}"><title>Connect WhatsApp</title><p>{HtmlEncoder.Default.Encode(text.Message)} <a href="{address}">Go on</a></p></html>""",
            context.RequestAborted);
    }
}
