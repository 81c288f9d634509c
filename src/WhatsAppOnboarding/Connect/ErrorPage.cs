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

        var address = Encoded(onboarding);
        var text = ErrorCatalogue.Find(code);
        var (language, notes) = (Languages.Current.Name, Languages.Current.Notes);
        context.Response.StatusCode = text.HttpStatus;
        if (retryAfter is { } wait)
            ProblemAnswer.SetRetryAfter(context, wait);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""<!doctype html><html lang="{language}"><meta http-equiv="refresh" content="0; url={address}"><title>{Encoded(notes[NoteKeys.Button])}</title><p>{Encoded(text.Message)} <a href="{address}">{Encoded(notes[NoteKeys.GoOn])}</a></p></html>""",
            context.RequestAborted);
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
