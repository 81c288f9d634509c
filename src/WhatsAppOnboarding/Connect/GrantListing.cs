using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Setup;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// Step 3: of every WABA, side by side, list all numbers and subscribe the app; a short-lived token is extended meanwhile.
/// Where the person is asked which numbers to connect, the app is subscribed only after that.
/// </summary>
internal sealed class GrantListing(
    IGraphClient graph, WabaSubscription subscription, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time)
{
    public const int WabasAtOnce = 8;

    public async Task<IReadOnlyList<ListedWaba>> RunAsync(ConnectRun run, AccessToken token, IReadOnlyCollection<WabaId> wabas)
    {
        var subscribes = options.CurrentValue.NumberChoice is NumberChoice.All;
        var listed = await EachAsync(wabas, waba => ListAsync(run, token, waba, subscribes)).ConfigureAwait(false);
        return [.. wabas.Select(waba => listed[waba])];
    }

    /// <summary>Lists what was not listed early.</summary>
    public async Task<ListedGrant> CompleteAsync(
        ConnectRun run, Grant grant, IReadOnlyList<WabaId> wabas, IReadOnlyList<ListedWaba> early, bool saysCoexistence)
    {
        var listedAt = time.GetUtcNow();
        var extending = ExtendAsync(run, grant);
        var rest = await RunAsync(run, grant.Token, [.. wabas.Except(early.Select(waba => waba.Id))]).ConfigureAwait(false);
        var listed = early.Concat(rest).ToDictionary(waba => waba.Id);
        return new ListedGrant(await extending.ConfigureAwait(false), [.. wabas.Select(waba => listed[waba])], listedAt)
        {
            SaysCoexistence = saysCoexistence,
        };
    }

    /// <summary>Subscribes the app to the WABAs of the numbers to connect, where that was not tried yet.</summary>
    public async Task<ListedGrant> SubscribeAsync(ConnectRun run, ListedGrant listed)
    {
        WabaId[] missing = [.. listed.Numbers.Where(pair => pair.Waba.Subscription is null).Select(pair => pair.Waba.Id).Distinct()];
        var subscribed = await EachAsync(missing, waba => subscription.SubscribeAsync(run, waba, listed.Grant.Token)).ConfigureAwait(false);
        return listed with
        {
            ConnectedAt = time.GetUtcNow(),
            Wabas = [.. listed.Wabas.Select(waba => subscribed.TryGetValue(waba.Id, out var result) ? waba with { Subscription = result } : waba)],
        };
    }

    private static async Task<IReadOnlyDictionary<WabaId, T>> EachAsync<T>(IReadOnlyCollection<WabaId> wabas, Func<WabaId, Task<T>> deed)
    {
        var done = new ConcurrentDictionary<WabaId, T>();
        await Parallel.ForEachAsync(
            wabas,
            new ParallelOptions { MaxDegreeOfParallelism = WabasAtOnce },
            async (waba, _) => done[waba] = await deed(waba).ConfigureAwait(false)).ConfigureAwait(false);
        return done;
    }

    private async Task<ListedWaba> ListAsync(ConnectRun run, AccessToken token, WabaId waba, bool subscribes)
    {
        var subscribing = subscribes ? subscription.SubscribeAsync(run, waba, token) : null;
        var listing = run.Journal.RunAsync(
            AttemptSteps.List,
            waba,
            async deadline => StepResult<IReadOnlyList<NumberFacts>>.From(
                await graph.ReadAllAsync(after => NumberCalls.ListNumbers(token, waba, after), deadline).ConfigureAwait(false)),
            run.Deadline);
        return new ListedWaba(
            waba, await listing.ConfigureAwait(false), subscribing is null ? null : await subscribing.ConfigureAwait(false));
    }

    private async Task<Grant> ExtendAsync(ConnectRun run, Grant grant)
    {
        if (!grant.IsShortLived)
            return grant;

        var extended = await run.Journal.RunAsync(
            AttemptSteps.Extend,
            null,
            async deadline => StepResult<IssuedToken>.From(await graph.SendAsync(LoginCalls.ExtendToken(grant.Token), deadline).ConfigureAwait(false)),
            run.Deadline).ConfigureAwait(false);
        var now = time.GetUtcNow();
        return extended.Succeeded
            ? grant with { Token = extended.Value.Token, ExpiresAt = extended.Value.ExpiresIn is { } life ? now + life : null }
            : grant with { Findings = [.. grant.Findings, new Finding { Code = Finding.TokenShortLived, At = now }] };
    }
}
