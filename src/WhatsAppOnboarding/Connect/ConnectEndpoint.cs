using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Connect;

/// <summary><c>GET …/connect</c>: starts an attempt, for a browser that navigates or for a program that asks for JSON.</summary>
internal sealed class ConnectEndpoint(
    AccountPrincipal principal, AttemptLimits limits, ConnectStart start, StateBinding binding, ReturnPath returnPath, PublicAddress address, AttemptStarts starts)
{
    /// <summary>What the JSON form reads of the query, in words of OpenAPI.</summary>
    public static Delegate Parameters { get; } = (string? way = null, string? expect = null, bool? renews = null) => { };

    /// <summary>A browser navigates: 303 to Meta's dialog.</summary>
    public async Task NavigateAsync(HttpContext context)
    {
        if (Navigation.RefusesPrefetch(context))
            return;
        var (found, refusal) = await principal.FindAsync(context).ConfigureAwait(false);
        if (found is not { } account)
        {
            if (refusal != ErrorCodes.SignedOut || !await AccountPrincipal.TryChallengeAsync(context).ConfigureAwait(false))
                await returnPath.RefuseAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        if (!ExpectedNumber.TryRead(context.Request, out var expect))
        {
            await returnPath.RefuseAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        var state = start.CreateState(account, ConnectWay.Browser, expect) with
        {
            ReturnPath = ReturnPath.Requested(context.Request),
            BrowserHash = binding.EnsureBrowser(context),
        };
        // A page of another site could otherwise use up the starts of whoever looks at it. Such a start costs nothing here, and leaves nothing.
        var isOwn = !PublicAddress.IsSentByOtherSite(context.Request);
        if (isOwn && await limits.RefuseStartAsync(account).ConfigureAwait(false) is { } wait)
        {
            await returnPath.RefuseAsync(context, ErrorCodes.TooManyAttempts, wait).ConfigureAwait(false);
            return;
        }

        if (isOwn)
            await starts.BeginAsync(state, WhatsAppWords.Of(context).Language).ConfigureAwait(false);
        Navigation.SeeOther(context, start.DialogUrl(state).AbsoluteUri);
    }

    /// <summary>A program asks: the dialog's address, or what opens the popup, with a state that only the post finishes.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        if (await principal.RequireAsync(context).ConfigureAwait(false) is not { } account)
            return;
        if (WayOf(context.Request) is not { } way || !ExpectedNumber.TryRead(context.Request, out var expect) || RenewsIn(context.Request) is not { } renews)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        // What another page sends in somebody's name, without being able to read the answer, uses up their starts and nothing else.
        if (PublicAddress.IsSentByOtherSite(context.Request) && !address.Allows(context.Request))
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.CrossSite).ConfigureAwait(false);
            return;
        }

        var state = start.CreateState(account, way, expect);
        if (await (renews ? limits.RefuseRenewalAsync(account) : limits.RefuseStartAsync(account)).ConfigureAwait(false) is { } wait)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.TooManyAttempts, wait).ConfigureAwait(false);
            return;
        }

        // Without a popup the page goes on by the redirect, which is a start of its own; and what is renewed has begun before.
        var popup = way == ConnectWay.Popup ? start.PopupAnswer(state, context.Request) : null;
        if (!renews && popup is not { Popup: null })
            await starts.BeginAsync(state, WhatsAppWords.Of(context).Language).ConfigureAwait(false);
        await (popup is not null
            ? context.Response.WriteAsJsonAsync(
                popup, ConnectJson.Default.PopupStartAnswer, cancellationToken: context.RequestAborted)
            : context.Response.WriteAsJsonAsync(
                new ConnectStartAnswer(true, start.DialogUrl(state).AbsoluteUri, state.ExpiresAt),
                ConnectJson.Default.ConnectStartAnswer,
                cancellationToken: context.RequestAborted)).ConfigureAwait(false);
    }

    /// <summary>Whether it is asked for a code that came too late for its state; null when that makes no sense.</summary>
    private static bool? RenewsIn(HttpRequest request) => request.Query["renews"] switch
    {
        [] => false,
        ["true"] => true,
        _ => null,
    };

    private static string? WayOf(HttpRequest request) => request.Query["way"] switch
    {
        [] => ConnectWay.Api,
        [ConnectWay.Popup] => ConnectWay.Popup,
        _ => null,
    };
}

internal sealed record ConnectStartAnswer(bool Success, string Url, DateTimeOffset ExpiresAt);

/// <summary>The number that a grant must show, so that nobody connects another one by mistake: a number's id at Meta or a telephone number.</summary>
internal static class ExpectedNumber
{
    private const int MaxLength = 60;

    /// <summary>The <c>expect</c> in the query, as <see cref="TelephoneNumber.Clean"/> makes it; null when there is none. False when it makes no sense.</summary>
    public static bool TryRead(HttpRequest request, out string? expected)
    {
        expected = null;
        var given = request.Query["expect"];
        if (given.Count == 0)
            return true;
        expected = given is [{ Length: > 0 and <= MaxLength } text] ? TelephoneNumber.Clean(text) : null;
        return expected is not null;
    }

    /// <summary>Whether that is the number: by its id, or by its telephone number, however that is written.</summary>
    public static bool Matches(NumberFacts number, string expected) =>
        number.Id.ToString() == expected || TelephoneNumber.Same(expected, number.DisplayPhoneNumber);
}
