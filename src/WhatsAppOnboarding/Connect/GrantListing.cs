using System.Collections.Concurrent;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// Step 3: of every WABA, side by side, list all numbers and, where it is certain that it is to be connected, subscribe the app. Where that is decided by what
/// is listed, or by the person, the app is subscribed only after that.
/// </summary>
internal sealed class GrantListing(IGraphClient graph, WabaSubscription subscription, WaitingGrants sealing, TimeProvider time)
{
    public const int WabasAtOnce = 8;

    /// <summary>Between the tries to see what Meta's window named: Meta may need some seconds to list a number that was just added.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3)];

    public async Task<IReadOnlyList<ListedWaba>> RunAsync(ConnectRun run, AccessToken token, IReadOnlyCollection<WabaId> wabas, bool subscribes)
    {
        // What could not be written down is not begun: it is tried once more when it is known what to connect.
        subscribes = subscribes && await run.Journal.BeginAsync(wabas, sealing.SealUndo(token, run.Attempt)).ConfigureAwait(false);
        var listed = await EachAsync(wabas, waba => ListAsync(run, token, waba, subscribes)).ConfigureAwait(false);
        return [.. wabas.Select(waba => listed[waba])];
    }

    /// <summary>Lists again, a few times, as long as a number that Meta's window spoke of is not among those listed.</summary>
    public async Task<ListedGrant> AwaitNamedAsync(ConnectRun run, ListedGrant listed, ConnectHints hints, AccountPhoneNumbers? before)
    {
        foreach (var pause in Pauses.TakeWhile(_ => listed.Lacks(hints, before)))
        {
            await Task.Delay(pause, time, run.Deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (run.Deadline.IsCancellationRequested)
                break;
            var again = await EachAsync(listed.WabaIds, waba => ListAsync(run, listed.Grant.Token, waba, subscribes: false)).ConfigureAwait(false);
            listed = listed with { Wabas = [.. listed.Wabas.Select(waba => again[waba.Id].Numbers is { Succeeded: true } fresh ? waba with { Numbers = fresh } : waba)] };
        }

        return listed;
    }

    /// <summary>Subscribes the app to the WABAs of the numbers to connect, where that was not tried yet.</summary>
    public async Task<ListedGrant> SubscribeAsync(ConnectRun run, ListedGrant listed)
    {
        WabaId[] missing = [.. listed.Numbers.Where(pair => pair.Waba.Subscription is null).Select(pair => pair.Waba.Id).Distinct()];
        var begun = await run.Journal.BeginAsync(missing, sealing.SealUndo(listed.Grant.Token, run.Attempt)).ConfigureAwait(false);
        var subscribed = await EachAsync(missing, waba => begun
            ? SubscribeAsync(run, listed.Grant.Token, waba)
            : Task.FromResult(new StepResult<GraphDone>(ErrorCodes.ServiceUnavailable))).ConfigureAwait(false);
        return listed with
        {
            ConnectedAt = time.GetUtcNow(),
            Wabas = [.. listed.Wabas.Select(waba => subscribed.TryGetValue(waba.Id, out var result) ? waba with { Subscription = result } : waba)],
        };
    }

    private static async Task<IReadOnlyDictionary<WabaId, T>> EachAsync<T>(IReadOnlyCollection<WabaId> wabas, Func<WabaId, Task<T>> work)
    {
        var done = new ConcurrentDictionary<WabaId, T>();
        await Parallel.ForEachAsync(
            wabas,
            new ParallelOptions { MaxDegreeOfParallelism = WabasAtOnce },
            async (waba, _) => done[waba] = await work(waba).ConfigureAwait(false)).ConfigureAwait(false);
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
}

/// <summary>A grant with everything that its WABAs showed, and what of it is to be connected. A WABA that could not be read never stops another.</summary>
internal sealed record ListedGrant(Grant Grant, IReadOnlyList<ListedWaba> Wabas, DateTimeOffset ListedAt)
{
    /// <summary>When the numbers are connected: where the person was asked, later than they were listed.</summary>
    public DateTimeOffset ConnectedAt { get; init; } = ListedAt;

    /// <summary>Who said what is to be connected.</summary>
    public GrantScope Scope { get; init; }

    /// <summary>The numbers to connect; null for all.</summary>
    public IReadOnlySet<PhoneNumberId>? ToConnect { get; init; }

    /// <summary>The stable code of why not all WABAs could be searched for; null when they were.</summary>
    public string? Missed { get; init; }

    /// <summary>How many connects the account had when the listing began: what a later one connected is not in it.</summary>
    public long Since { get; init; }

    /// <summary>Whether Meta's popup said that the number stays in the WhatsApp Business app; a hint, never a proof.</summary>
    public bool SaysCoexistence { get; init; }

    /// <summary>Every number that the grant shows, once, in Meta's order.</summary>
    public IEnumerable<(ListedWaba Waba, NumberFacts Number)> Shown =>
        Wabas.SelectMany(waba => waba.Numbers.Value ?? [], (waba, number) => (waba, number)).DistinctBy(pair => pair.number.Id);

    /// <summary>The numbers to connect.</summary>
    public IEnumerable<(ListedWaba Waba, NumberFacts Number)> Numbers => Shown.Where(pair => ToConnect?.Contains(pair.Number.Id) ?? true);

    public IReadOnlyCollection<WabaId> WabaIds => [.. Wabas.Select(waba => waba.Id)];

    /// <summary>The WABAs that show numbers: there is a choice only between them.</summary>
    public IReadOnlyCollection<WabaId> Choices => [.. Shown.Select(pair => pair.Waba.Id).Distinct()];

    /// <summary>Whether a WABA was not read, or not whole, for a reason other than that Meta does not show it: it may have more numbers.</summary>
    public bool HasUnknown => Missed is not null || Wabas.Any(waba => waba.Unknown is not null);

    /// <summary>What stays to be said of the WABAs that could not be read. One that was named must be there, so it is not taken for hidden.</summary>
    public IEnumerable<Finding> Findings =>
    [
        .. Wabas.Where(waba => waba.IsUnread || waba.Unknown is not null).Select(waba => new Finding
        {
            Code = waba.IsHidden && Scope is not GrantScope.Named ? Finding.WabaHidden : Finding.WabaUnread,
            At = ListedAt,
            Subject = waba.Id.ToString(),
            Reason = waba.Unknown ?? waba.Numbers.Code,
        }),
        .. Missed is null || Scope is GrantScope.Named ? [] : (Finding[])[new Finding { Code = Finding.WabaUnread, At = ListedAt, Reason = Missed }],
    ];

    /// <summary>Whether a number is missing that Meta's window spoke of: the one that it named, or the one that came from the WhatsApp Business app.</summary>
    public bool Lacks(ConnectHints hints, AccountPhoneNumbers? before) => hints.Number is { } named
        ? Shown.All(pair => pair.Number.Id != named)
        : hints.SayCoexistence && hints.Wabas.Count > 0 && !Shown.Any(pair => hints.Wabas.Contains(pair.Waba.Id) && pair.Number.MayHaveComeFromApp(before?.Find(pair.Number.Id)));

    /// <summary>
    /// What Meta's window named, and nothing else: that number, and all numbers of a WABA that was named without one. The same grant when it named nothing.
    /// </summary>
    public ListedGrant Named(ConnectHints hints)
    {
        if (hints.Number is not { } named)
            return hints.Wabas.Count == 0 ? this : this with { Scope = GrantScope.Named };
        var home = Shown.Where(pair => pair.Number.Id == named).Select(pair => pair.Waba.Id).ToHashSet();
        return home.Count == 0 ? this with { Scope = GrantScope.Named } : this with
        {
            Scope = GrantScope.Named,
            Wabas = hints.Wabas.Count > 0 ? Wabas : [.. Wabas.Where(waba => home.Contains(waba.Id))],
            ToConnect = Shown.Where(pair => !home.Contains(pair.Waba.Id) || pair.Number.Id == named).Select(pair => pair.Number.Id).ToHashSet(),
        };
    }

    /// <summary>
    /// Why nothing can be saved: nothing could be listed, or not what was named, there is no number at all, or not the expected one. Null when it can. What could
    /// not be read is never told as a no.
    /// </summary>
    public string? FailureOf(GrantedCode code)
    {
        var unknown = Wabas.Select(waba => waba.Unknown).FirstOrDefault(reason => reason is not null)
            ?? (Wabas is [var first, ..] && Wabas.All(waba => waba.IsUnread) ? first.Numbers.Code : Missed);
        if (code.Hints.Number is { } named && Shown.All(pair => pair.Number.Id != named))
            return unknown ?? ErrorCodes.IdsNotGranted;
        if (!Numbers.Any())
            return unknown ?? ErrorCodes.NoPhoneNumbers;
        if (code.Expect is not { } expected || Numbers.Any(pair => ExpectedNumber.Matches(pair.Number, expected)))
            return null;
        return unknown ?? (Numbers.Any(pair => string.IsNullOrWhiteSpace(pair.Number.DisplayPhoneNumber)) ? ErrorCodes.MetaUnreadable : ErrorCodes.NumberUnexpected);
    }
}

/// <summary>Who said what of a grant is to be connected. What nobody spoke of stays as it is.</summary>
internal enum GrantScope
{
    /// <summary>The grant itself: all of it.</summary>
    Whole = 0,

    /// <summary>Meta's window. It says nothing about numbers that it did not name.</summary>
    Named = 1,

    /// <summary>The person, here: numbers that were shown and left out are not wanted any more.</summary>
    Answered = 2,
}

/// <summary>One WABA: all its numbers or why not, and whether the app is subscribed now; null while that was not tried.</summary>
internal sealed record ListedWaba(WabaId Id, StepResult<IReadOnlyList<NumberFacts>> Numbers, StepResult<GraphDone>? Subscription)
{
    public bool IsUnread => !Numbers.Succeeded;

    /// <summary>The stable code of why it may have numbers that are not listed; null when it has none, as far as can be told.</summary>
    public string? Unknown => IsUnread ? IsHidden ? null : Numbers.Code : Numbers.IsCutShort ? ErrorCodes.MetaUnreadable : null;

    /// <summary>The same as <see cref="IsHidden"/>, of one that was listed before the person was asked.</summary>
    public bool WasHidden { get; init; }

    /// <summary>Whether Meta does not show it to this token at all, as far as can be told.</summary>
    public bool IsHidden => WasHidden || Numbers.Error is { ShowsNothing: true };
}
