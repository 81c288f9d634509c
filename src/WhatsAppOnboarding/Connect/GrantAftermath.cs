using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// Step 5. After the save: look again whether a sibling left one of the WABAs meanwhile, leave those that no number is held of, and finish the numbers. After a failure:
/// take back what was begun.
/// </summary>
internal sealed partial class GrantAftermath(
    WabaSubscription subscription, NumberFinishing finishing, NumberAuthority numbers, AttemptRecords attempts, AttemptReader reader, TimeProvider time,
    ILogger<GrantAftermath> logger)
{
    private const int LookedBack = 50;

    private static readonly TimeSpan UndoDeadline = TimeSpan.FromSeconds(15);

    /// <summary>What is saved stays saved: a failure in here can make the outcome incomplete, never a failure.</summary>
    public async Task<ConnectResult> RunAsync(ConnectRun run, ListedGrant listed, PhoneNumberWrite write)
    {
        try
        {
            var after = await SubscribeAgainAsync(run, listed).ConfigureAwait(false) ?? write.After;
            await LeaveUnusedAsync(run, listed, write).ConfigureAwait(false);
            after = await finishing.RunAsync(run, after).ConfigureAwait(false) ?? after;
            // Another connect may have taken the numbers over since: then what counts is how they were saved.
            var (code, count) = (AttemptView.OutcomeOf(after, run.Attempt.Generation) ?? AttemptView.OutcomeOf(write.After, run.Attempt.Generation))!.Value;
            return new ConnectResult(code, count, write);
        }
        catch (Exception exception)
        {
            LogBroke(exception, run.Account.ToString());
            foreach (var waba in UnusedOf(listed, write).Except(Left(run)))
                run.Journal.Note(new AttemptStep { Step = StepNames.Unsubscribe, EndedAt = time.GetUtcNow(), Milliseconds = 0, Result = ErrorCodes.ServiceUnavailable, WabaId = waba.ToString() });
            return new ConnectResult(AttemptView.Incomplete, write.After.OfGeneration(run.Attempt.Generation).Length, write);
        }
    }

    /// <summary>
    /// After a failure: subscriptions that this attempt made for nobody are taken back, unless some account holds the WABA; those whose answer got lost, too.
    /// </summary>
    public async Task<ConnectResult> UndoAsync(ConnectRun run, AccessToken token, IReadOnlyCollection<ListedWaba> wabas, string failure)
    {
        using var deadline = new CancellationTokenSource(UndoDeadline, time);
        await Parallel.ForEachAsync(
            wabas.Where(waba => waba.Subscription is not null),
            new ParallelOptions { MaxDegreeOfParallelism = GrantListing.WabasAtOnce },
            async (waba, _) => await run.Journal.RunAsync(
                StepNames.Unsubscribe, waba.Id, limited => ReleaseAsync(waba.Id, token, limited), deadline.Token).ConfigureAwait(false)).ConfigureAwait(false);
        return new ConnectResult(failure);
    }

    /// <summary>Of a WABA without a held number no token would be left to leave it with later. So it is with those that a dead attempt began to subscribe to.</summary>
    private async Task LeaveUnusedAsync(ConnectRun run, ListedGrant listed, PhoneNumberWrite write)
    {
        var begun = LeftBegun(await attempts.ListAsync(run.Account, LookedBack, CancellationToken.None).ConfigureAwait(false));
        await Parallel.ForEachAsync(
            UnusedOf(listed, write, begun),
            new ParallelOptions { MaxDegreeOfParallelism = GrantListing.WabasAtOnce },
            async (waba, _) =>
            {
                var left = await run.Journal.RunAsync(
                    StepNames.Unsubscribe, waba, deadline => subscription.ReleaseAsync(waba, [listed.Grant.Token], deadline), run.Deadline).ConfigureAwait(false);
                if (!left.Succeeded)
                    LogNotLeft(waba.ToString(), left.Code);
                else if (write.After.Numbers.Any(number => number.WabaId == waba && number is { IsHeld: false, Token: not null }))
                    await numbers.WriteAsync(run.Account, read => [.. read.Numbers.Where(number => number.WabaId == waba && number is { IsHeld: false, Token: not null }).Select(number => number.Left())], CancellationToken.None).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    /// <summary>Of what this attempt subscribed to, what the account held before, and what else may be left, that of which no number is held.</summary>
    private static IEnumerable<WabaId> UnusedOf(ListedGrant listed, PhoneNumberWrite write, params IEnumerable<WabaId> others) =>
        listed.Wabas.Where(waba => waba.Subscription is not null).Select(waba => waba.Id)
            .Concat(write.Before.Numbers.Where(number => number.IsHeld).Select(number => number.WabaId)).Concat(others)
            .Except(write.After.Numbers.Where(number => number.IsHeld).Select(number => number.WabaId));

    /// <summary>What this attempt has left already.</summary>
    private static IEnumerable<WabaId> Left(ConnectRun run) =>
        run.Journal.Steps.Where(step => step is { Step: StepNames.Unsubscribe, Result: "ok", WabaId: not null }).Select(step => WabaId.Parse(step.WabaId!));

    /// <summary>The WABAs that attempts had begun to subscribe to when their process died, and that no later one subscribed to or left.</summary>
    private IEnumerable<WabaId> LeftBegun(IReadOnlyList<ConnectAttempt> newestFirst)
    {
        var settled = new HashSet<string>();
        foreach (var attempt in newestFirst)
        {
            foreach (var begun in attempt.Outcome is not null || reader.IsBroken(attempt) ? attempt.Steps.Where(step => step.Result == AttemptStep.Begun) : [])
            {
                if (WabaId.TryParse(begun.WabaId, out var waba) && settled.Add(begun.WabaId!))
                    yield return waba;
            }

            settled.UnionWith(attempt.Steps.Where(step => step is { Result: "ok", Step: StepNames.Subscribe or StepNames.Unsubscribe, WabaId: not null }).Select(step => step.WabaId!));
        }
    }

    private async Task<AccountPhoneNumbers?> SubscribeAgainAsync(ConnectRun run, ListedGrant listed)
    {
        AccountPhoneNumbers? after = null;
        foreach (var waba in await ReleasedAsync(run, listed).ConfigureAwait(false))
        {
            var again = await run.Journal.RunAsync(
                StepNames.Subscribe, waba, deadline => subscription.SubscribeForAsync(run.Account, waba, listed.Grant.Token, deadline), run.Deadline).ConfigureAwait(false);
            var now = time.GetUtcNow();
            var write = await numbers.WriteAsync(
                run.Account,
                account => [.. account.OfGeneration(run.Attempt.Generation)
                    .Where(number => number.IsHeld && number.WabaId == waba)
                    .Select(number => number.With(again, now))],
                CancellationToken.None).ConfigureAwait(false);
            after = write.After;
        }

        return after;
    }

    /// <summary>The WABAs to subscribe to once more; all of them when it cannot be looked up, for that does no harm.</summary>
    private async Task<IReadOnlyCollection<WabaId>> ReleasedAsync(ConnectRun run, ListedGrant listed)
    {
        try
        {
            return await subscription.ReleasedSinceAsync(listed.WabaIds, run.Attempt.ClaimedAt - NodeClocks.Apart, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogBroke(exception, run.Account.ToString());
            return listed.WabaIds;
        }
    }

    private async Task<StepResult<GraphDone>> ReleaseAsync(WabaId waba, AccessToken token, CancellationToken deadline)
    {
        try
        {
            return await subscription.ReleaseAsync(waba, [token], deadline).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Who holds the WABA is not known, so it stays subscribed: events for nobody are dropped, a lost subscription is lost messages.
            LogLeft(exception, waba.ToString());
            return new StepResult<GraphDone>(ErrorCodes.ServiceUnavailable);
        }
    }

    [LoggerMessage(1321, LogLevel.Warning, "The app stays subscribed to WABA {Waba}, for it could not be looked up who else needs it")]
    private partial void LogLeft(Exception exception, string waba);

    [LoggerMessage(1323, LogLevel.Warning, "The app stays subscribed to WABA {Waba}, of which no number is held: {Code}. Upkeep and the next connect try again")]
    private partial void LogNotLeft(string waba, string code);

    [LoggerMessage(1322, LogLevel.Error, "Account {Account} is saved, but what follows the save broke off; connecting again repeats it")]
    private partial void LogBroke(Exception exception, string account);
}
