using Microsoft.AspNetCore.Http;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Connect;

/// <summary><c>POST …/oauth</c>: a front end of the account hands in the code, or tells how Meta's popup ended without one.</summary>
internal sealed class OAuthEndpoint(AccountPrincipal principal, StateCheck check, ConnectAttempts attempts, ConnectAnswers answers)
{
    public async Task FinishAsync(HttpContext context)
    {
        if (await principal.RequireAsync(context).ConfigureAwait(false) is null)
            return;
        if (await JsonBody.ReadAsync(context.Request, ConnectJson.Default.OAuthRequest).ConfigureAwait(false) is not { } request
            || request.ToHints() is not { } hints)
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        var ending = EndWithoutCode.Read(request);
        if (ending is null && request.Code is not { Length: > 0 and <= OAuthRequest.MaxCodeLength })
        {
            await ProblemAnswer.WriteAsync(context, ErrorCodes.BadRequest).ConfigureAwait(false);
            return;
        }

        var (state, refusal) = await check.RunAsync(context, request.State, byPost: true, _ => false).ConfigureAwait(false);
        if (state is null)
        {
            await ProblemAnswer.WriteAsync(context, refusal!).ConfigureAwait(false);
            return;
        }

        var end = ending is not null
            ? await attempts.EndAsync(state, ending).ConfigureAwait(false)
            : await attempts.FinishAsync(state, request.Code!, hints).ConfigureAwait(false);
        await answers.WriteAsync(context, end).ConfigureAwait(false);
    }
}

/// <summary>What the front end posts. Whatever else is posted beside them is ignored, a portfolio's id too.</summary>
internal sealed record OAuthRequest(
    string? Code,
    string? State,
    string? Event = null,
    string? WabaId = null,
    IReadOnlyList<string?>? WabaIds = null,
    string? PhoneNumberId = null,
    string? Ending = null,
    string? CurrentStep = null,
    string? ErrorCode = null,
    string? SessionId = null)
{
    public const int MaxCodeLength = 2048;

    private const int MaxWabas = 50;

    /// <summary>What the browser says of the grant; null when an id makes no sense. What is empty was not said.</summary>
    public ConnectHints? ToHints()
    {
        string[] wabas = [.. (WabaIds ?? []).Append(WabaId).OfType<string>().Where(id => id.Length > 0).Distinct()];
        if (wabas.Length > MaxWabas || !Array.TrueForAll(wabas, id => WhatsAppOnboarding.WabaId.TryParse(id, out _)))
            return null;
        PhoneNumberId number = default;
        if (PhoneNumberId is { Length: > 0 } given && !WhatsAppOnboarding.PhoneNumberId.TryParse(given, out number))
            return null;
        return new ConnectHints(
            [.. wabas.Select(WhatsAppOnboarding.WabaId.Parse)], string.IsNullOrEmpty(PhoneNumberId) ? null : number, ConnectHints.Word(Event));
    }

    public override string ToString() => "[oauth request]";
}
