using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Errors;

namespace WhatsAppOnboarding.Connect;

/// <summary>Answers a front end that handed in a code or a choice: what became of it, or a problem.</summary>
internal sealed class ConnectAnswers(AttemptReader reader)
{
    public async Task WriteAsync(HttpContext context, ConnectEnd end)
    {
        if (!ConnectOutcomes.IsGood(end.Code) || end.Attempt is not { } attempt)
        {
            await ProblemAnswer.WriteAsync(context, end.Code, end.RetryAfter, end.Attempt?.Id).ConfigureAwait(false);
            return;
        }

        var view = await reader.ReadAsync(attempt, context.RequestAborted).ConfigureAwait(false);
        var answer = new ConnectAnswer(true, end.Code, ConnectMessages.Of(end.Code), view.Action, attempt.PhoneCount, view.Phones, attempt.Id, view.Choice);
        await context.Response.WriteAsJsonAsync(answer, ConnectJson.Default.ConnectAnswer, cancellationToken: context.RequestAborted).ConfigureAwait(false);
    }
}

internal sealed record ConnectAnswer(
    bool Success, string Code, string Message, string? Action, int PhoneCount, IReadOnlyList<ConnectedPhone> Phones, Guid AttemptId, ChoiceView? Choice);
