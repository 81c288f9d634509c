using System.Collections.Concurrent;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.PhoneNumbers;
using WhatsAppOnboarding.Steps;

namespace WhatsAppOnboarding.Connect;

/// <summary>Step 3: of every WABA, side by side, list all numbers and subscribe the app; a short-lived token is extended meanwhile.</summary>
internal sealed class GrantListing(IGraphClient graph, WabaSubscription subscription, TimeProvider time)
{
    public const int WabasAtOnce = 8;

    public async Task<ListedGrant> RunAsync(ConnectRun run, Grant grant, IReadOnlyList<WabaId> wabas)
    {
        var listed = new ConcurrentDictionary<WabaId, ListedWaba>();
        var extending = ExtendAsync(run, grant);
        await Parallel.ForEachAsync(
            wabas,
            new ParallelOptions { MaxDegreeOfParallelism = WabasAtOnce },
            async (waba, _) => listed[waba] = await ListAsync(run, grant.Token, waba).ConfigureAwait(false)).ConfigureAwait(false);

        return new ListedGrant(await extending.ConfigureAwait(false), [.. wabas.Select(waba => listed[waba])], time.GetUtcNow());
    }

    private async Task<ListedWaba> ListAsync(ConnectRun run, AccessToken token, WabaId waba)
    {
        var subscribing = run.Journal.RunAsync(
            StepNames.Subscribe, waba, deadline => subscription.SubscribeAsync(waba, token, deadline), run.Deadline);
        var listing = run.Journal.RunAsync(
            "list",
            waba,
            async deadline => StepResult<IReadOnlyList<GraphPhoneNumber>>.From(
                await graph.ReadAllAsync(after => new ListPhoneNumbers(token, waba, after), deadline).ConfigureAwait(false)),
            run.Deadline);
        return new ListedWaba(waba, await listing.ConfigureAwait(false), await subscribing.ConfigureAwait(false));
    }

    private async Task<Grant> ExtendAsync(ConnectRun run, Grant grant)
    {
        if (!grant.IsShortLived)
            return grant;

        var extended = await run.Journal.RunAsync(
            "extend",
            null,
            async deadline => StepResult<IssuedToken>.From(await graph.SendAsync(new ExtendToken(grant.Token), deadline).ConfigureAwait(false)),
            run.Deadline).ConfigureAwait(false);
        var now = time.GetUtcNow();
        return extended.Succeeded
            ? grant with { Token = extended.Value.Token, ExpiresAt = extended.Value.ExpiresIn is { } life ? now + life : null }
            : grant with { Findings = [.. grant.Findings, new Finding(FindingCodes.TokenShortLived, now)] };
    }
}
