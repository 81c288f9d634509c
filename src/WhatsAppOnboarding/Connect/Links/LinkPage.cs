using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Errors;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// The page of a link, as text. It names the service and the number that is meant, and nothing else of the account. It works without script; where there is a popup, the web component
/// takes the form's place.
/// </summary>
internal static class LinkPage
{
    /// <summary>What every answer of a link's routes carries: its address is a secret, so it is kept out of caches, indexes, other sites' logs and traces.</summary>
    public static void Protect(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        // The origin alone: with none at all browsers name no origin with the form either.
        headers["Referrer-Policy"] = "strict-origin";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers.XContentTypeOptions = "nosniff";
        if (context.Request.RouteValues[LinkEndpoints.Secret] is string secret && context.Features.Get<IHttpActivityFeature>() is { Activity: { } activity })
            activity.SetTag("url.path", context.Request.Path.Value!.Replace(secret, $"{{{LinkEndpoints.Secret}}}", StringComparison.Ordinal));
    }

    /// <summary>Why the link cannot be used, and what to do.</summary>
    /// <param name="context">The request.</param>
    /// <param name="code">The stable code.</param>
    /// <param name="wait">How long to wait.</param>
    /// <param name="again">Whether the page itself is to be looked at again.</param>
    public static Task RefuseAsync(HttpContext context, string code, TimeSpan? wait = null, bool again = false)
    {
        var words = WhatsAppWords.Of(context);
        if (wait is { } given)
            ProblemAnswer.SetRetryAfter(context, given);
        var path = context.Request.PathBase.Add(context.Request.Path).Value!;
        var back = again ? $"""<p><a class="button" href="{Encoded(path)}">{Word(words, "page.go_on")}</a></p>""" : "";
        return WriteAsync(context, words.Error(code).HttpStatus, words.Text("page.link_refused"), Problem(words.Error(code)) + back);
    }

    /// <summary>The link's page in its browser.</summary>
    /// <param name="context">The request.</param>
    /// <param name="link">The link.</param>
    /// <param name="attempt">The attempt that claimed it last; null when none did.</param>
    /// <param name="error">The code of what went wrong without an attempt.</param>
    /// <param name="hasPopup">Whether the web component is to open Meta's popup.</param>
    public static Task ShowAsync(HttpContext context, SetupLink link, AttemptView? attempt, string? error, bool hasPopup)
    {
        var words = WhatsAppWords.Of(context);
        var service = OptionsOf(context).Links.ServiceName!;
        var path = context.Request.PathBase.Add(context.Request.Path).Value!.TrimEnd('/');
        if (attempt is { Outcome: null })
            return WriteAsync(context, StatusCodes.Status200OK, words.Text("component.working-heading"), $"<p>{Word(words, "page.link_working")}</p>", refresh: true);
        if (link.State is SetupLink.Used || link.UsedAt is not null || AttemptView.IsSaved(attempt?.Outcome))
            return WriteAsync(context, StatusCodes.Status200OK, words.Pair(WordKinds.Outcome, attempt?.Outcome ?? AttemptView.Connected).Message, Done(words, link, attempt, service));
        if (attempt?.Choice is { } choice)
            return WriteAsync(context, StatusCodes.Status200OK, words.Text("component.choose-heading"), Choice(words, path, attempt.AttemptId, choice));

        var failed = error is not null ? words.Error(error)
            : attempt?.Outcome is { } outcome && !AttemptView.IsGood(outcome) ? words.Error(outcome) with { Message = attempt.Message!, Action = attempt.Action! }
            : null;
        var isReconnect = link.Kind is SetupLink.ForReconnect;
        var number = link.ExpectedNumber is { } meant
            ? $"""<p>{Word(words, isReconnect ? "page.link_only" : "page.link_expected")}</p><p class="number"><bdi>{Encoded(meant)}</bdi></p>"""
            : "";
        var body = $"""
            {(failed is null ? "" : Problem(failed))}<p>{Word(words, isReconnect ? "page.link_reconnect" : "page.link_setup", service)}</p>{number}<p>{Word(words, "page.link_how")}</p>
            {Button(words, path, hasPopup)}<p class="muted">{Word(words, "page.link_until", link.ExpiresAt.UtcDateTime)}</p>
            """;
        return WriteAsync(context, StatusCodes.Status200OK, words.Text("page.link_title", service), body, popup: hasPopup);
    }

    private static string Button(WhatsAppWords words, string path, bool hasPopup)
    {
        var form = $"""<form method="post" action="{Encoded(path)}"><button>{Word(words, "page.connect")}</button></form>""";
        return hasPopup
            ? $"""<whatsapp-connect no-address posts connect-path="{Encoded(path + LinkApi.Start)}" attempts-path="{Encoded(path)}/attempts" choose-path="{Encoded(path)}/choose" success-url="{Encoded(path)}">{form}</whatsapp-connect>"""
            : form;
    }

    private static string Done(WhatsAppWords words, SetupLink link, AttemptView? attempt, string service)
    {
        var numbers = string.Concat((attempt?.Phones ?? []).Select(number => $"""<li class="number"><bdi>{Encoded(number.Display ?? number.Id)}</bdi></li>"""));
        return (numbers.Length == 0 ? "" : $"<ul>{numbers}</ul>")
            + $"<p>{Word(words, attempt?.Outcome is AttemptView.Incomplete ? "page.link_incomplete" : "page.link_done", service)}</p>"
            + (link.ReturnUrl is { } target ? $"""<p><a class="button" href="{Encoded(target)}">{Word(words, "page.go_on")}</a></p>""" : "");
    }

    private static string Choice(WhatsAppWords words, string path, Guid attempt, ChoiceView choice)
    {
        var boxes = string.Concat(choice.Numbers.Select(number =>
            $"""<label><input type="checkbox" name="phoneNumberIds" value="{Encoded(number.Id)}"{(number.Named is true ? " checked" : "")}><span><bdi>{Encoded(number.Display ?? number.Id)}</bdi> <small><bdi>{Encoded(number.Name ?? "")}</bdi></small></span></label>"""));
        return $"""
            <p>{Word(words, "component.choose-text")}</p>
            <form method="post" action="{Encoded(path)}/choose"><input type="hidden" name="attemptId" value="{attempt}"><fieldset><legend>{Word(words, "component.choose-numbers")}</legend>{boxes}</fieldset>
            <button>{Word(words, "component.choose-button")}</button><button class="plain" name="cancel" value="true">{Word(words, "component.cancel")}</button></form>
            """;
    }

    private static string Problem(ErrorText text) => $"""<div class="note" role="alert"><p><strong>{Encoded(text.Message)}</strong></p><p>{Encoded(text.Action)}</p></div>""";

    private static async Task WriteAsync(HttpContext context, int status, string title, string body, bool refresh = false, bool popup = false)
    {
        var (options, words) = (OptionsOf(context), WhatsAppWords.Of(context));
        var (meta, dialog) = (Origin(options.DialogBaseAddress), options.DialogBaseAddress.Host.EndsWith(".facebook.com", StringComparison.OrdinalIgnoreCase) ? " https://*.facebook.com" : "");
        var sheet = options.Links.StyleSheet;
        var style = sheet is null ? "" : sheet.StartsWith('/') ? " 'self'" : $" {Origin(new Uri(sheet))}";
        var script = popup ? $"; script-src 'self' {Origin(options.SdkAddress)}; connect-src 'self' {meta}; frame-src {meta}; img-src {meta}" : "";
        context.Response.StatusCode = status;
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src {LinkStyle.Hash}{style}{script}; form-action 'self' {meta}{dialog}; base-uri 'none'; frame-ancestors 'none'";
        context.Response.Headers["Cross-Origin-Opener-Policy"] = "same-origin-allow-popups";
        context.Response.ContentType = "text/html; charset=utf-8";
        var links = context.Request.PathBase.Add(options.Paths.Links.TrimEnd('/')).Value;
        await context.Response.WriteAsync(
            $"""
            <!doctype html><html lang="{Encoded(words.Language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Encoded(title)}</title><style>{LinkStyle.Sheet}</style>
            {(sheet is null ? "" : $"""<link rel="stylesheet" href="{Encoded(sheet)}">""")}{(refresh ? """<meta http-equiv="refresh" content="3">""" : "")}{(popup ? $"""<script type="module" src="{Encoded(links!)}/whatsapp-connect.js"></script>""" : "")}</head>
            <body><main><p class="service">{Encoded(options.Links.ServiceName ?? "")}</p><h1>{Encoded(title)}</h1>{body}</main></body></html>
            """,
            context.RequestAborted).ConfigureAwait(false);
    }

    private static WhatsAppOnboardingOptions OptionsOf(HttpContext context) => context.RequestServices.GetRequiredService<IOptions<WhatsAppOnboardingOptions>>().Value;

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    private static string Word(WhatsAppWords words, string key, params object[] values) => Encoded(words.Text(key, values));

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
