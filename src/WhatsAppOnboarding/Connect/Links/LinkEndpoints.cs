using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// The page of a link, for a person who is signed in nowhere: looked at, pressed, come back to from Meta, and the choice by a form. Looking changes nothing. What lets in is the secret
/// in the address and, from the first press on, the cookie of the browser that pressed.
/// </summary>
internal sealed class LinkEndpoints(
    LinkUse use, ConnectStart start, ConnectAttempts attempts, AttemptStarts starts, AttemptLimits limits, AttemptReader reader, PublicAddress address,
    IOptions<WhatsAppOnboardingOptions> options, TimeProvider time)
{
    /// <summary>The route value with the secret.</summary>
    public const string Secret = "secret";

    private const int MaxFormBytes = 64 * 1024;
    private const int MaxFormValues = 1100;
    private const int MaxError = 64;

    /// <summary><c>GET …/{secret}</c>: what it is about and a button, or how it ended.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        var (link, browser) = await FindAsync(context).ConfigureAwait(false);
        RequestLanguage.Use(context, link?.Link.Language);
        if (use.RefusalOf(link, browser, link?.Link.AttemptId, isUnderWay: true) is { } refusal)
        {
            await LinkPage.RefuseAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        if (link!.BrowserHash is null && (browser is null || !address.IsHttps))
            LinkBrowser.Give(context, address, link.Link, time.GetUtcNow());
        var attempt = link is { BrowserHash: not null, Link.AttemptId: { } last }
            ? await reader.FindAsync(link.AccountId, last, context.RequestAborted, ofLink: true).ConfigureAwait(false)
            : null;

        // What began in time goes on: it runs, or its question waits.
        if (link.At(time.GetUtcNow()).State is SetupLink.Expired && attempt is not { Outcome: null } and not { Choice: not null })
        {
            await LinkPage.RefuseAsync(context, ErrorCodes.LinkExpired).ConfigureAwait(false);
            return;
        }

        var error = context.Request.Query["error"] is [{ Length: > 0 and <= MaxError } code] ? code : null;
        await LinkPage.ShowAsync(context, link.Link, attempt, error, start.HasPopup).ConfigureAwait(false);
    }

    /// <summary><c>POST …/{secret}</c>: the button. On to Meta.</summary>
    public async Task PressAsync(HttpContext context)
    {
        var (link, browser) = await FindAsync(context).ConfigureAwait(false);
        RequestLanguage.Use(context, link?.Link.Language);
        if (use.RefusalOf(link, browser) is { } ended)
        {
            await LinkPage.RefuseAsync(context, ended).ConfigureAwait(false);
            return;
        }

        var state = start.CreateState(link!, ConnectWay.Link, browser) with { LinkSecret = context.Request.RouteValues[Secret] as string };
        var wait = browser is null ? null : await limits.RefusePressAsync(link!.Link.Id).ConfigureAwait(false);
        var refusal = browser is null ? ErrorCodes.CookiesNeeded
            : wait is not null ? ErrorCodes.TooManyAttempts
            : await use.PressAsync(link!, browser).ConfigureAwait(false);
        if (refusal is ErrorCodes.StateUsed)
            Navigation.SeeOther(context, PathOf(context, state.LinkSecret!));
        else if (refusal is not null)
            await LinkPage.RefuseAsync(context, refusal, wait, again: refusal is ErrorCodes.TooManyAttempts or ErrorCodes.CookiesNeeded).ConfigureAwait(false);
        else
        {
            await starts.BeginAsync(state, WhatsAppWords.Of(context).Language).ConfigureAwait(false);
            Navigation.SeeOther(context, start.DialogUrl(state).AbsoluteUri);
        }
    }

    /// <summary><c>POST …/{secret}/choose</c> of a form.</summary>
    public async Task ChooseAsync(HttpContext context)
    {
        var (link, browser) = await FindAsync(context).ConfigureAwait(false);
        RequestLanguage.Use(context, link?.Link.Language);
        if (use.RefusalOf(link, browser, link?.Link.AttemptId, isUnderWay: true) is { } refusal)
        {
            await LinkPage.RefuseAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize = MaxFormBytes;
        var request = ChooseRequest.Read(await context.Request.ReadFormAsync(new FormOptions { ValueCountLimit = MaxFormValues }, context.RequestAborted).ConfigureAwait(false));
        var target = PathOf(context, (string)context.Request.RouteValues[Secret]!);
        if (browser is not null && request?.AttemptId is { } asked && LinkUse.IsOf(link!, asked) && request.ToNumbers() is { } numbers)
        {
            var end = await attempts.ChooseAsync(link!.AccountId, asked, numbers, disconnects: false, use.Guard(link.Link.Id, browser, asked)).ConfigureAwait(false);
            target = With(target, end.Code);
        }

        Navigation.SeeOther(context, target);
    }

    /// <summary>
    /// Meta sends the browser back to the callback. Only the browser that pressed is led to the link's page, for its address is a secret; every other one is told why not.
    /// </summary>
    public async Task ReturnAsync(HttpContext context, ConnectState state, string? code, string? refusal)
    {
        LinkPage.Protect(context);
        var browser = LinkBrowser.HashIn(context, address, state.LinkId!.Value);
        var isBrowsers = LinkBrowser.IsSame(state.BrowserHash, browser);
        if (state is not { Way: ConnectWay.Link, LinkSecret: { } secret } || !isBrowsers)
        {
            await LinkPage.RefuseAsync(context, state.ExpiresAt <= time.GetUtcNow() ? ErrorCodes.StateExpired : isBrowsers ? ErrorCodes.StateWrongWay : ErrorCodes.OtherBrowser).ConfigureAwait(false);
            return;
        }

        var target = PathOf(context, secret);
        var (_, closed) = await use.OfStateAsync(state, browser).ConfigureAwait(false);
        refusal ??= state.ExpiresAt <= time.GetUtcNow() ? ErrorCodes.StateExpired : code is null ? ErrorCodes.CallbackIncomplete : null;
        if (closed is null && refusal is not null)
            await starts.RefusedAsync(state, refusal, WhatsAppWords.Of(context).Language).ConfigureAwait(false);
        if (closed is null)
            target = With(target, refusal ?? (await attempts.FinishAsync(state, code!, ConnectHints.None, use.Guard(state.LinkId.Value, browser!)).ConfigureAwait(false)).Code);
        Navigation.SeeOther(context, target);
    }

    private async Task<(StoredLink? Link, string? Browser)> FindAsync(HttpContext context)
    {
        LinkPage.Protect(context);
        var link = await use.FindAsync(context.Request.RouteValues[Secret] as string, context.RequestAborted).ConfigureAwait(false);
        return (link, link is null ? null : LinkBrowser.HashIn(context, address, link.Link.Id));
    }

    private string PathOf(HttpContext context, string secret) => $"{context.Request.PathBase}{options.Value.Paths.Links.TrimEnd('/')}/{secret}";

    private static string With(string path, string outcome) => AttemptView.IsGood(outcome) ? path : QueryHelpers.AddQueryString(path, "error", outcome);
}
