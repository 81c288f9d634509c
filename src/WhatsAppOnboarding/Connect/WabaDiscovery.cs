using System.Collections.Concurrent;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Setup;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// Which WABAs were granted: those that the token names; where it names none, those that the browser named and the token opens; where
/// nobody names any, all that its portfolios own or were given.
/// </summary>
internal sealed class WabaDiscovery(IGraphClient graph)
{
    private const int BusinessesAtOnce = 8;

    /// <param name="run">The attempt.</param>
    /// <param name="grant">What the token says.</param>
    /// <param name="hinted">What came of listing the WABAs that the browser named. One that was not granted ends the attempt, whatever it is.</param>
    public async Task<StepResult<IReadOnlyList<WabaId>>> RunAsync(ConnectRun run, Grant grant, IReadOnlyList<ListedWaba> hinted)
    {
        if (hinted.Any(waba => grant.Wabas.Count > 0 ? !grant.Wabas.Contains(waba.Id) : waba.Numbers.Error is { } error && IsRefusal(error)))
            return new StepResult<IReadOnlyList<WabaId>>(ErrorCodes.IdsNotGranted);
        if (grant.Wabas.Count > 0)
            return new StepResult<IReadOnlyList<WabaId>>(grant.Wabas);
        if (hinted.Count > 0)
            return new StepResult<IReadOnlyList<WabaId>>([.. hinted.Select(waba => waba.Id)]);
        return await run.Journal.RunAsync(AttemptSteps.Discover, null, deadline => SearchAsync(grant.Token, deadline), run.Deadline).ConfigureAwait(false);
    }

    private async Task<StepResult<IReadOnlyList<WabaId>>> SearchAsync(AccessToken token, CancellationToken deadline)
    {
        var businesses = await graph.ReadAllAsync(after => PortfolioCalls.ListBusinesses(token, after), deadline).ConfigureAwait(false);
        if (!businesses.Succeeded)
            return Failure(businesses.Error);

        var found = new ConcurrentBag<GraphResult<IReadOnlyList<GraphWaba>>[]>();
        await Parallel.ForEachAsync(
            businesses.Value,
            new ParallelOptions { MaxDegreeOfParallelism = BusinessesAtOnce },
            async (business, _) => found.Add(await Task.WhenAll(
                graph.ReadAllAsync(after => PortfolioCalls.ListOwnedWabas(token, business.Id, after), deadline),
                graph.ReadAllAsync(after => PortfolioCalls.ListClientWabas(token, business.Id, after), deadline)).ConfigureAwait(false))).ConfigureAwait(false);
        var listings = found.SelectMany(pair => pair).ToArray();

        // A portfolio may refuse one of its two lists and answer the other. What stayed unknown must not pass for none.
        if (listings.FirstOrDefault(listing => listing.Error is { } error && !IsRefusal(error)) is { } unknown)
            return Failure(unknown.Error!);

        WabaId[] wabas = [.. listings.Where(listing => listing.Succeeded).SelectMany(listing => listing.Value!).Select(waba => waba.Id).Distinct()];
        if (wabas.Length > 0)
            return new StepResult<IReadOnlyList<WabaId>>(wabas);
        return listings.FirstOrDefault(listing => !listing.Succeeded) is { } refused
            ? Failure(refused.Error!)
            : new StepResult<IReadOnlyList<WabaId>>(ErrorCodes.NoWaba);
    }

    private static bool IsRefusal(GraphError error) =>
        error.Kind is GraphErrorKind.PermissionMissing or GraphErrorKind.NotFound or GraphErrorKind.Rejected;

    /// <summary>A plain no, without a reason of its own, means that there is nothing to find.</summary>
    private static StepResult<IReadOnlyList<WabaId>> Failure(GraphError error) => new(
        MetaErrors.StableOf(error) is var code and not (ErrorCodes.TokenInvalid or ErrorCodes.PermissionMissing or ErrorCodes.MetaNotFound or ErrorCodes.MetaRefused)
            ? code
            : ErrorCodes.NoWaba,
        error);
}
