using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Connect;

/// <summary>What an account's front end asks and hands in about its attempts.</summary>
internal sealed class AttemptEndpoints(AccountPrincipal principal, StateBinding binding, ConnectAttempts attempts, AttemptReader reader, AttemptStarts starts)
{
    public const string Id = "attempt";

    /// <summary>The parameter of the route that shows one, in words of OpenAPI.</summary>
    public static Delegate Parameters { get; } = (Guid attempt) => { };

    /// <summary><c>POST …/oauth</c>: the code, or how Meta's popup ended without one.</summary>
    public async Task FinishAsync(HttpContext context)
    {
        if (await principal.RequireAsync(context).ConfigureAwait(false) is not null)
            await FinishAsync(context, state => binding.CheckAsync(context, state, byPost: true), null).ConfigureAwait(false);
    }

    /// <summary>The same for whoever may, by the word of <paramref name="check"/>: the state, or the code of the refusal.</summary>
    public async Task FinishAsync(HttpContext context, Func<string?, Task<(ConnectState? State, string? Refusal)>> check, StoryGuard? guard)
    {
        if (await JsonBody.ReadAsync(context.Request, ConnectJson.Default.OAuthRequest).ConfigureAwait(false) is not { } request
            || request.ToHints() is not { } hints)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        var ending = EndWithoutCode.Read(request);
        if (ending is null && (string.IsNullOrWhiteSpace(request.Code) || request.Code.Length > OAuthRequest.MaxCodeLength))
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        var (state, refusal) = await check(request.State).ConfigureAwait(false);
        if (state is null)
        {
            await ProblemAnswer.WriteAsync(context, refusal!).ConfigureAwait(false);
            return;
        }

        if (request.Renews is { } renews)
        {
            if (!binding.MayRenew(state, renews, out var older))
            {
                await ProblemAnswer.WriteAsync(context, ErrorCodes.OtherAccount).ConfigureAwait(false);
                return;
            }

            if (older is not null)
                await starts.RenewedAsync(older, state).ConfigureAwait(false);
        }

        var end = ending is not null
            ? await attempts.EndAsync(state, ending, WhatsAppWords.Of(context).Language).ConfigureAwait(false)
            : await attempts.FinishAsync(state, request.Code!, hints, guard).ConfigureAwait(false);
        await WriteAsync(context, end, isReport: end.Code == ending?.Code, ofLink: guard is not null).ConfigureAwait(false);
    }

    /// <summary><c>POST …/choose</c>: names the numbers to connect of those that an attempt was granted, or gives the grant up.</summary>
    public async Task ChooseAsync(HttpContext context)
    {
        if (await principal.RequireAsync(context).ConfigureAwait(false) is { } account)
            await ChooseAsync(context, account, null, _ => true).ConfigureAwait(false);
    }

    /// <summary>The same for whoever may: with a guard for the attempt that asked, if it is one that may be answered here.</summary>
    public async Task ChooseAsync(HttpContext context, AccountId account, Func<Guid, StoryGuard>? guard, Func<Guid, bool> mayAnswer)
    {
        var request = await JsonBody.ReadAsync(context.Request, ConnectJson.Default.ChooseRequest).ConfigureAwait(false);
        if (request?.AttemptId is not { } attempt || request.ToNumbers() is not { } numbers)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        if (!mayAnswer(attempt))
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.AttemptUnknown).ConfigureAwait(false);
            return;
        }

        var end = await attempts.ChooseAsync(account, attempt, numbers, request.Disconnect, guard?.Invoke(attempt)).ConfigureAwait(false);
        await WriteAsync(context, end, isReport: end.Code == ErrorCodes.GivenUp, ofLink: guard is not null).ConfigureAwait(false);
    }

    /// <summary><c>GET …/attempts/{id}</c>: how an attempt of the signed-in account stands. Whatever is not the account's own does not exist.</summary>
    public async Task ShowAsync(HttpContext context)
    {
        if (await principal.RequireAsync(context).ConfigureAwait(false) is not { } account)
            return;
        if (!Guid.TryParse(context.Request.RouteValues[Id] as string, out var id)
            || await reader.FindAsync(account, id, context.RequestAborted).ConfigureAwait(false) is not { } attempt)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.AttemptUnknown).ConfigureAwait(false);
            return;
        }

        await context.Response.WriteAsJsonAsync(attempt, AttemptJson.Default.AttemptView, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>
    /// <c>POST …/attempts/{id}</c>: the page tells that somebody is still there, so that one who went away can be told from one who takes long. Whatever is not the account's own is
    /// answered the same.
    /// </summary>
    public async Task SignAsync(HttpContext context)
    {
        if (await principal.RequireAsync(context).ConfigureAwait(false) is not { } account)
            return;
        if (!Guid.TryParse(context.Request.RouteValues[Id] as string, out var id)
            || await JsonBody.ReadAsync(context.Request, ConnectJson.Default.SignRequest).ConfigureAwait(false) is not { } sign)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        await starts.SignAsync(account, id, sign.Open, context.RequestAborted).ConfigureAwait(false);
        await context.Response.WriteAsJsonAsync(new SignAnswer(true), ConnectJson.Default.SignAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>The end as the answer. One that the page itself reported was taken as it was meant to be, so it is no failure of the request.</summary>
    private async Task WriteAsync(HttpContext context, ConnectEnd end, bool isReport, bool ofLink)
    {
        if (isReport && end.Attempt is not null)
        {
            await ProblemAnswer.WriteAsync(context, end.Code, attemptId: end.Attempt.Id, status: StatusCodes.Status200OK).ConfigureAwait(false);
            return;
        }

        if (!AttemptView.IsGood(end.Code) || end is not { Attempt: { } attempt, Numbers: { } numbers })
        {
            await ProblemAnswer.WriteAsync(context, end.Code, end.RetryAfter, end.Attempt?.Id).ConfigureAwait(false);
            return;
        }

        var view = reader.Read(attempt, await numbers.Value.ConfigureAwait(false)).For(ofLink);
        var (message, _) = WhatsAppWords.Of(context).Pair(WordKinds.Outcome, end.Code);
        var answer = new ConnectAnswer(true, end.Code, message, view.Action, attempt.PhoneCount, view.Phones, attempt.Id, view.Choice);
        await context.Response.WriteAsJsonAsync(answer, ConnectJson.Default.ConnectAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }
}

internal sealed record ConnectAnswer(
    bool Success, string Code, string Message, string? Action, int PhoneCount, IReadOnlyList<AttemptNumber> Phones, Guid AttemptId, ChoiceView? Choice);

/// <summary>A sign of a page; <paramref name="Open"/> says that Meta's window is open.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SignRequest(bool Open = false);

internal sealed record SignAnswer(bool Success);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(GraphTextConverter)])]
[JsonSerializable(typeof(ConnectStartAnswer))]
[JsonSerializable(typeof(PopupStartAnswer))]
[JsonSerializable(typeof(ConnectAnswer))]
[JsonSerializable(typeof(OAuthRequest))]
[JsonSerializable(typeof(ChooseRequest))]
[JsonSerializable(typeof(SignRequest))]
[JsonSerializable(typeof(SignAnswer))]
internal sealed partial class ConnectJson : JsonSerializerContext;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AttemptView))]
internal sealed partial class AttemptJson : JsonSerializerContext;
