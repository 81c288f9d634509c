using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Steps;

namespace WhatsAppOnboarding.Connect;

/// <summary>Step 1: the code becomes a token. Never repeated, for a code works once.</summary>
internal sealed class CodeExchange(IGraphClient graph)
{
    public Task<StepResult<IssuedToken>> RunAsync(ConnectRun run) => run.Journal.RunAsync(
        "exchange",
        null,
        async deadline => StepResult<IssuedToken>.From(
            await graph.SendAsync(new ExchangeCode(run.Code, new Uri(run.RedirectUri)), deadline).ConfigureAwait(false)),
        run.Deadline);
}
