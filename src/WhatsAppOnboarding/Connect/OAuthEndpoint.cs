using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Http;
using WhatsAppOnboarding.PhoneNumbers;

namespace WhatsAppOnboarding.Connect;

/// <summary><c>POST …/oauth</c>: a front end of the account hands in the code.</summary>
internal sealed class OAuthEndpoint(AccountPrincipal principal, StateCheck check, ConnectAttempts attempts, IPhoneNumberStore numbers)
{
    public async Task FinishAsync(HttpContext context)
    {
        if (await principal.RequireAsync(context).ConfigureAwait(false) is not { } account)
            return;
        if (await JsonBody.ReadAsync(context.Request, ConnectJson.Default.OAuthRequest).ConfigureAwait(false) is not { } request
            || request.Code is not { Length: > 0 and <= OAuthRequest.MaxCodeLength } code)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        var (state, refusal) = check.Run(request.State, ConnectWay.Api, _ => false, account, ErrorCodes.SignedOut);
        if (state is null)
        {
            await ProblemAnswer.WriteAsync(context, refusal!).ConfigureAwait(false);
            return;
        }

        var end = await attempts.FinishAsync(state, code).ConfigureAwait(false);
        if (end is { IsSaved: true, Attempt: { } attempt })
            await AnswerAsync(context, end, attempt).ConfigureAwait(false);
        else
            await ProblemAnswer.WriteAsync(context, end.Code, end.RetryAfter, end.Attempt?.Id).ConfigureAwait(false);
    }

    private async Task AnswerAsync(HttpContext context, ConnectEnd end, ConnectAttempt attempt)
    {
        var read = await numbers.ReadAsync(attempt.AccountId, context.RequestAborted).ConfigureAwait(false);
        ConnectedPhone[] phones =
        [
            .. read.Numbers
                .Where(number => number.Generation == attempt.Generation)
                .OrderBy(number => number.GrantOrder)
                .Select(number => new ConnectedPhone(number.PhoneNumberId.ToString(), number.DisplayPhone)),
        ];
        var answer = new ConnectAnswer(true, end.Code, ConnectMessages.Of(end.Code), attempt.PhoneCount, phones, attempt.Id);
        await context.Response.WriteAsJsonAsync(answer, ConnectJson.Default.ConnectAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }
}

/// <summary>What the front end posts. Whatever else is posted beside them is ignored.</summary>
internal sealed record OAuthRequest(string? Code, string? State)
{
    public const int MaxCodeLength = 2048;
}

internal sealed record ConnectAnswer(bool Success, string Code, string Message, int PhoneCount, IReadOnlyList<ConnectedPhone> Phones, Guid AttemptId);

internal sealed record ConnectedPhone(string Id, string? Display);
