using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Http;

namespace WhatsAppOnboarding.Connect;

/// <summary><c>GET …/connect</c>: starts an attempt, for a browser that navigates or for a program that asks for JSON.</summary>
internal sealed class ConnectEndpoint(AccountPrincipal principal, AttemptLimits limits, ConnectStart start, BrowserCookie cookie, ReturnPath returnPath)
{
    /// <summary>A browser navigates: 303 to Meta's dialog.</summary>
    public async Task NavigateAsync(HttpContext context)
    {
        if (Prefetch.IsRefused(context))
            return;
        if (principal.Find(context.User, out var refusal) is not { } account)
        {
            if (refusal != ErrorCodes.SignedOut || !await AccountPrincipal.TryChallengeAsync(context).ConfigureAwait(false))
                await ErrorPage.WriteAsync(context, refusal, returnPath.OfError(refusal)).ConfigureAwait(false);
            return;
        }

        var state = start.CreateState(account, ReturnPath.Requested(context.Request), cookie.Ensure(context));
        if (limits.RefuseStart(account, state.Id) is { } wait)
            await ErrorPage.WriteAsync(context, ErrorCodes.TooManyAttempts, returnPath.OfError(ErrorCodes.TooManyAttempts), wait).ConfigureAwait(false);
        else
            SeeOther.To(context, start.DialogUrl(state).AbsoluteUri);
    }

    /// <summary>A program asks: the dialog's address with a state that only the post finishes.</summary>
    public async Task AnswerAsync(HttpContext context)
    {
        if (await principal.RequireAsync(context).ConfigureAwait(false) is not { } account)
            return;

        var state = start.CreateState(account, null, null);
        if (limits.RefuseStart(account, state.Id) is { } wait)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.TooManyAttempts, wait).ConfigureAwait(false);
            return;
        }

        var answer = new ConnectStartAnswer(true, start.DialogUrl(state).AbsoluteUri, state.ExpiresAt);
        await context.Response.WriteAsJsonAsync(answer, ConnectJson.Default.ConnectStartAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }
}

internal sealed record ConnectStartAnswer(bool Success, string Url, DateTimeOffset ExpiresAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ConnectStartAnswer))]
[JsonSerializable(typeof(ConnectAnswer))]
[JsonSerializable(typeof(OAuthRequest))]
internal sealed partial class ConnectJson : JsonSerializerContext;
