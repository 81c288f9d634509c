namespace WhatsAppOnboarding.Connect;

/// <summary>
/// The story of an attempt, top to bottom: exchange the code, inspect the token, list every number and subscribe at the same time,
/// save all of it in one commit, look again. At most three calls to Meta wait for each other when the token names its WABAs.
/// </summary>
internal sealed class ConnectFlow(
    CodeExchange exchange, GrantInspection inspection, WabaDiscovery discovery, GrantListing listing, GrantSaving saving, GrantUndo undo, GrantAftermath aftermath)
{
    public async Task<ConnectResult> RunAsync(ConnectRun run)
    {
        var issued = await exchange.RunAsync(run).ConfigureAwait(false);
        if (!issued.Succeeded)
            return new ConnectResult(issued.Code);

        var grant = await inspection.RunAsync(run, issued.Value).ConfigureAwait(false);
        if (!grant.Succeeded)
            return new ConnectResult(grant.Code);

        var wabas = await discovery.RunAsync(run, grant.Value).ConfigureAwait(false);
        if (!wabas.Succeeded)
            return new ConnectResult(wabas.Code);

        var listed = await listing.RunAsync(run, grant.Value, wabas.Value).ConfigureAwait(false);
        if (listed.Failure is { } failure)
            return await undo.RunAsync(run, listed, failure).ConfigureAwait(false);

        var saved = await saving.RunAsync(run, listed).ConfigureAwait(false);
        if (!saved.Succeeded)
            return await undo.RunAsync(run, listed, saved.Code).ConfigureAwait(false);

        return await aftermath.RunAsync(run, listed, saved.Value).ConfigureAwait(false);
    }
}
