using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>Finishes what a state began: with a code, or with an end of Meta's popup that gave none.</summary>
internal sealed class ConnectAttempts(AttemptRunner runner, ConnectFlow flow, AttemptLimits limits, TimeProvider time)
{
    public async Task<ConnectEnd> FinishAsync(ConnectState state, string code, ConnectHints hints)
    {
        if (limits.RefuseExchange(state.Account, state.Id) is { } wait)
            return new ConnectEnd(ErrorCodes.TooManyAttempts, RetryAfter: wait);

        var granted = new GrantedCode(code, state.RedirectUri is { } uri ? new Uri(uri) : null, hints, state.Expect);
        return await runner.RunAsync(Attempt(state, code), run => flow.RunAsync(run, granted)).ConfigureAwait(false);
    }

    public Task<ConnectEnd> EndAsync(ConnectState state, EndWithoutCode ending) => runner.RunAsync(Attempt(state, $"ending {ending.Code}"), run =>
    {
        run.Journal.Note(new AttemptStep(AttemptSteps.Signup, time.GetUtcNow(), 0, ending.Code, Detail: ending.Detail));
        return Task.FromResult(new ConnectResult(ending.Code));
    });

    private ConnectAttempt Attempt(ConnectState state, string answer) => new()
    {
        Id = state.AttemptId,
        StateHash = Hashes.Of(state.Id),
        CodeHash = Hashes.Of(answer),
        AccountId = state.Account,
        Way = state.Way,
        Generation = Guid.NewGuid(),
        ClaimedAt = time.GetUtcNow(),
    };
}
