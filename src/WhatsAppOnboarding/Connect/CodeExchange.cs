using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Setup;

namespace WhatsAppOnboarding.Connect;

/// <summary>Step 1: the code becomes a token. Never repeated, for a code works once, and before all else, for one of the popup lives 30 seconds.</summary>
internal sealed class CodeExchange(IGraphClient graph)
{
    public Task<StepResult<IssuedToken>> RunAsync(ConnectRun run, GrantedCode code) => run.Journal.RunAsync(
        AttemptSteps.Exchange,
        null,
        async deadline => StepResult<IssuedToken>.From(
            await graph.SendAsync(LoginCalls.ExchangeCode(code.Code, code.RedirectUri), deadline).ConfigureAwait(false)),
        run.Deadline);
}
