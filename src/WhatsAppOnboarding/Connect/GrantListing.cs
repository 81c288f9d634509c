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
        var subscribed = await EachAsync(missing, waba => SubscribeAsync(run, listed.Grant.Token, waba)).ConfigureAwait(false);
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

    private Task<StepResult<GraphDone>> SubscribeAsync(ConnectRun run, AccessToken token, WabaId waba) =>
        run.Journal.RunAsync(StepNames.Subscribe, waba, deadline => subscription.SubscribeAsync(waba, token, deadline), run.Deadline);

    private async Task<ListedWaba> ListAsync(ConnectRun run, AccessToken token, WabaId waba, bool subscribes)
    {
        var subscribing = subscribes ? SubscribeAsync(run, token, waba) : null;
        var listing = run.Journal.RunAsync(
            StepNames.List,
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
            StepNames.Extend,
            null,
            async deadline => StepResult<IssuedToken>.From(await graph.SendAsync(LoginCalls.ExtendToken(grant.Token), deadline).ConfigureAwait(false)),
            run.Deadline).ConfigureAwait(false);
        var now = time.GetUtcNow();
        return extended.Succeeded
            ? grant with { Token = extended.Value.Token, ExpiresAt = extended.Value.ExpiresIn is { } life ? now + life : null }
            : grant with { Findings = [.. grant.Findings, new Finding { Code = Finding.TokenShortLived, At = now }] };
    }
}

/// <summary>A grant with everything that its WABAs showed.</summary>
internal sealed record ListedGrant(Grant Grant, IReadOnlyList<ListedWaba> Wabas, DateTimeOffset ListedAt)
{
    /// <summary>When the numbers are connected: where the person was asked, later than they were listed.</summary>
    public DateTimeOffset ConnectedAt { get; init; } = ListedAt;

    /// <summary>The numbers that the person chose; null for all.</summary>
    public IReadOnlySet<PhoneNumberId>? Chosen { get; init; }

    /// <summary>Whether Meta's popup said that the number stays in the WhatsApp Business app; a hint, never a proof.</summary>
    public bool SaysCoexistence { get; init; }

    /// <summary>Every number that the grant shows, once, in Meta's order.</summary>
    public IEnumerable<(ListedWaba Waba, NumberFacts Number)> Shown =>
        Wabas.SelectMany(waba => waba.Numbers.Value ?? [], (waba, number) => (waba, number)).DistinctBy(pair => pair.number.Id);

    /// <summary>The numbers to connect.</summary>
    public IEnumerable<(ListedWaba Waba, NumberFacts Number)> Numbers => Shown.Where(pair => Chosen?.Contains(pair.Number.Id) ?? true);

    public IReadOnlyCollection<WabaId> WabaIds => [.. Wabas.Select(waba => waba.Id)];

    /// <summary>
    /// Why nothing can be saved: a listing that is not whole, an id from the browser that the grant does not show, no number at all,
    /// or not the expected one. Null when it can.
    /// </summary>
    public string? FailureOf(GrantedCode code)
    {
        if (Wabas.Select(waba => waba.Numbers.Code).FirstOrDefault(failure => failure is not null) is { } unlisted)
            return unlisted;
        if (code.Hints.Number is { } hinted && Shown.All(pair => pair.Number.Id != hinted))
            return ErrorCodes.IdsNotGranted;
        if (!Shown.Any())
            return ErrorCodes.NoPhoneNumbers;
        return code.Expect is { } expected && !Shown.Any(pair => ExpectedNumber.Matches(pair.Number, expected))
            ? ErrorCodes.NumberUnexpected
            : null;
    }
}

/// <summary>One WABA: all its numbers or why not, and whether the app is subscribed now; null while that was not tried.</summary>
internal sealed record ListedWaba(WabaId Id, StepResult<IReadOnlyList<NumberFacts>> Numbers, StepResult<GraphDone>? Subscription);
