using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Errors;

namespace WhatsAppOnboarding.Connect;

/// <summary>Where the browser goes when an attempt has ended: always a path of the host itself.</summary>
internal sealed class ReturnPath(IOptions<WhatsAppOnboardingOptions> options)
{
    // So short that even with every character escaped the state fits into an address.
    private const int MaxLength = 300;

    /// <summary>The <c>returnUrl</c> of the request, if it is a local path.</summary>
    public static string? Requested(HttpRequest request) =>
        request.Query["returnUrl"] is [{ Length: > 0 and <= MaxLength } path] && IsLocal(path) ? path : null;

    /// <summary>After a connect: the path from the state, or the dashboard.</summary>
    public string OfSuccess(ConnectState? state, string outcome, Guid? attempt) =>
        With(state?.ReturnPath is { } path && IsLocal(path) ? path : options.Value.Paths.Dashboard, "whatsapp", outcome, attempt);

    /// <summary>After a failure: the onboarding page with the code, and the attempt if there was one.</summary>
    public string OfError(string code, Guid? attempt = null) => With(options.Value.Paths.Onboarding, "error", code, attempt);

    /// <summary>When numbers are to be chosen: the onboarding page with the attempt that asks.</summary>
    public string OfChoice(Guid? attempt) => With(options.Value.Paths.Onboarding, "whatsapp", AttemptView.Choose, attempt);

    /// <summary>Refuses a browser that navigates: programs see status and code, people are led on to the onboarding page, which has the words.</summary>
    public Task RefuseAsync(HttpContext context, string code, TimeSpan? retryAfter = null)
    {
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return ProblemAnswer.WriteAsync(context, code, retryAfter);

        var address = Encoded(OfError(code));
        var words = WhatsAppWords.Of(context);
        var text = words.Error(code);
        context.Response.StatusCode = text.HttpStatus;
        if (retryAfter is { } wait)
            ProblemAnswer.SetRetryAfter(context, wait);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(
            $"""<!doctype html><html lang="{Encoded(words.Language)}"><meta http-equiv="refresh" content="0; url={address}"><title>{Encoded(words.Text("page.connect"))}</title><p>{Encoded(text.Message)} <a href="{address}">{Encoded(words.Text("page.go_on"))}</a></p></html>""",
            context.RequestAborted);
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);

    private static string With(string path, string name, string value, Guid? attempt)
    {
        var page = QueryHelpers.AddQueryString(path, name, value);
        return attempt is { } id ? QueryHelpers.AddQueryString(page, "attempt", id.ToString()) : page;
    }

    private static bool IsLocal(string path) =>
        path[0] == '/' && !path.AsSpan().ContainsAnyExceptInRange('!', '~') && RedirectHttpResult.IsLocalUrl(path);
}
