using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// The story of an attempt, top to bottom: exchange the code, inspect the token, list every number and subscribe at the same time,
/// save all of it in one commit, look again and finish the numbers. At most three calls to Meta wait for each other when the token names
/// its WABAs, and two when the browser named them before; what follows the save is not counted. What comes before: <see cref="StateCheck"/> lets
/// the request in, <see cref="ConnectAttempts"/> makes it an attempt, and <see cref="AttemptRunner"/> lets one request claim and run it.
/// </summary>
internal sealed class ConnectFlow(
    CodeExchange exchange,
    GrantInspection inspection,
    WabaDiscovery discovery,
    GrantListing listing,
    NumberQuestion question,
    GrantSaving saving,
    GrantUndo undo,
    GrantAftermath aftermath,
    TimeProvider time)
{
    public async Task<ConnectResult> RunAsync(ConnectRun run, GrantedCode code)
    {
        if (code.Hints.Event is { } told)
            run.Journal.Note(new AttemptStep(AttemptSteps.Signup, time.GetUtcNow(), 0, "ok", Detail: told));

        var issued = await exchange.RunAsync(run, code).ConfigureAwait(false);
        if (!issued.Succeeded)
            return new ConnectResult(issued.Code);

        var listingEarly = listing.RunAsync(run, issued.Value.Token, code.Hints.Wabas);
        var grant = await inspection.RunAsync(run, issued.Value).ConfigureAwait(false);
        var early = await listingEarly.ConfigureAwait(false);
        if (!grant.Succeeded)
            return await undo.RunAsync(run, issued.Value.Token, early, grant.Code).ConfigureAwait(false);

        var wabas = await discovery.RunAsync(run, grant.Value, early).ConfigureAwait(false);
        if (!wabas.Succeeded)
            return await undo.RunAsync(run, issued.Value.Token, early, wabas.Code).ConfigureAwait(false);

        var listed = await listing.CompleteAsync(run, grant.Value, wabas.Value, early, code.Hints.SayCoexistence).ConfigureAwait(false);
        if (listed.FailureOf(code) is { } failure)
            return await undo.RunAsync(run, listed.Grant.Token, listed.Wabas, failure).ConfigureAwait(false);

        return question.Ask(run, listed) ?? await ConnectAsync(run, listed).ConfigureAwait(false);
    }

    /// <summary>The rest of the story, at once or after a choice.</summary>
    public async Task<ConnectResult> ConnectAsync(ConnectRun run, ListedGrant listed)
    {
        var wanted = await listing.SubscribeAsync(run, listed).ConfigureAwait(false);
        var saved = await saving.RunAsync(run, wanted).ConfigureAwait(false);
        if (!saved.Succeeded)
            return await undo.RunAsync(run, wanted.Grant.Token, wanted.Wabas, saved.Code).ConfigureAwait(false);

        return await aftermath.RunAsync(run, wanted, saved.Value).ConfigureAwait(false);
    }
}
