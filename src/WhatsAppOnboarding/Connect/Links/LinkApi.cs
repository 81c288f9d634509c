using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>What the web component on a link's page asks for: as the account's own routes, but let in by the link and the cookie of the browser that pressed, and by nobody's sign-in.</summary>
internal sealed class LinkApi(
    LinkUse use, ConnectStart start, StateBinding binding, AttemptLimits limits, AttemptEndpoints attempts, AttemptReader reader, AttemptStarts starts, PublicAddress address, TimeProvider time)
{
    public const string Start = "/connect";

    /// <summary><c>POST …/connect</c>: a press, answered with what opens Meta's popup.</summary>
    public async Task StartAsync(HttpContext context)
    {
        if (await FindAsync(context).ConfigureAwait(false) is not { } link)
            return;
        var browser = LinkBrowser.HashIn(context, address, link.Link.Id);
        if (use.RefusalOf(link, browser) is { } ended)
        {
            await ProblemAnswer.WriteAsync(context, ended).ConfigureAwait(false);
            return;
        }

        var state = start.CreateState(link, ConnectWay.LinkPopup, browser);
        var wait = browser is null ? null : await limits.RefusePressAsync(link.Link.Id).ConfigureAwait(false);
        var refusal = browser is null ? ErrorCodes.CookiesNeeded
            : wait is not null ? ErrorCodes.TooManyAttempts
            : await use.PressAsync(link, browser).ConfigureAwait(false);
        if (refusal is not null)
        {
            await ProblemAnswer.WriteAsync(context, refusal, wait).ConfigureAwait(false);
            return;
        }

        await starts.BeginAsync(state, WhatsAppWords.Of(context).Language).ConfigureAwait(false);
        var page = context.Request.PathBase.Add(context.Request.Path).Value![..^Start.Length];
        var answer = start.PopupAnswer(state, new PopupLinks($"{page}/oauth", $"{page}/attempts/{state.AttemptId}", $"{page}/choose"));
        await context.Response.WriteAsJsonAsync(answer, ConnectJson.Default.PopupStartAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary><c>POST …/oauth</c>: the code of the popup, or how it ended without one.</summary>
    public async Task FinishAsync(HttpContext context)
    {
        if (await FindAsync(context).ConfigureAwait(false) is { } link && LinkBrowser.HashIn(context, address, link.Link.Id) is var browser)
            await attempts.FinishAsync(context, text => Task.FromResult(Check(link, text, browser)), use.Guard(link.Link.Id, browser ?? "")).ConfigureAwait(false);
    }

    /// <summary><c>POST …/choose</c>: which of the granted numbers are connected.</summary>
    public async Task ChooseAsync(HttpContext context)
    {
        if (await FindAsync(context).ConfigureAwait(false) is not { } link)
            return;
        var browser = LinkBrowser.HashIn(context, address, link.Link.Id);
        if (use.RefusalOf(link, browser, link.Link.AttemptId, isUnderWay: true) is { } refusal)
            await ProblemAnswer.WriteAsync(context, refusal).ConfigureAwait(false);
        else
            await attempts.ChooseAsync(context, link.AccountId, asked => use.Guard(link.Link.Id, browser ?? "", asked), asked => LinkUse.IsOf(link, asked)).ConfigureAwait(false);
    }

    /// <summary><c>GET …/attempts/{id}</c>: how the attempt stands that claimed the link last. No other one exists here.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        if (await FindAsync(context).ConfigureAwait(false) is not { } link)
            return;
        var isBrowsers = LinkBrowser.IsSame(link.BrowserHash, LinkBrowser.HashIn(context, address, link.Link.Id));
        if (!isBrowsers
            || !Guid.TryParse(context.Request.RouteValues[AttemptEndpoints.Id] as string, out var id)
            || !LinkUse.IsOf(link, id)
            || await reader.FindAsync(link.AccountId, id, context.RequestAborted, ofLink: true).ConfigureAwait(false) is not { } attempt)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.AttemptUnknown).ConfigureAwait(false);
            return;
        }

        await context.Response.WriteAsJsonAsync(attempt, AttemptJson.Default.AttemptView, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary><c>POST …/attempts/{id}</c>: the page tells that somebody is still there.</summary>
    public async Task SignAsync(HttpContext context)
    {
        if (await FindAsync(context).ConfigureAwait(false) is not { } link)
            return;
        if (!LinkBrowser.IsSame(link.BrowserHash, LinkBrowser.HashIn(context, address, link.Link.Id))
            || !Guid.TryParse(context.Request.RouteValues[AttemptEndpoints.Id] as string, out var id)
            || await JsonBody.ReadAsync(context.Request, ConnectJson.Default.SignRequest).ConfigureAwait(false) is not { } sign)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        await starts.SignAsync(link.AccountId, id, sign.Open, context.RequestAborted).ConfigureAwait(false);
        await context.Response.WriteAsJsonAsync(new SignAnswer(true), ConnectJson.Default.SignAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>As for the account's own: signature, expiry, way, link, browser; and then whether the link is open.</summary>
    private (ConnectState? State, string? Refusal) Check(StoredLink link, string? text, string? browser)
    {
        if (binding.Read(text) is not { } state)
            return (null, ErrorCodes.StateInvalid);
        var refusal = state.ExpiresAt <= time.GetUtcNow() ? ErrorCodes.StateExpired
            : state.Way != ConnectWay.LinkPopup ? ErrorCodes.StateWrongWay
            : state.LinkId != link.Link.Id ? ErrorCodes.StateInvalid
            : !LinkBrowser.IsSame(state.BrowserHash, browser) ? ErrorCodes.OtherBrowser
            : use.RefusalOf(link, browser, state.AttemptId, isUnderWay: true);
        return refusal is null ? (state, null) : (null, refusal);
    }

    /// <summary>The link of the request, and its language; null when the refusal was already written as the answer.</summary>
    private async Task<StoredLink?> FindAsync(HttpContext context)
    {
        LinkPage.Protect(context);
        var link = await use.FindAsync(context.Request.RouteValues[LinkEndpoints.Secret] as string, context.RequestAborted).ConfigureAwait(false);
        if (link is null)
            await ProblemAnswer.WriteAsync(context, ErrorCodes.LinkUnknown).ConfigureAwait(false);
        return link;
    }
}
