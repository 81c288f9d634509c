using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Connect;

/// <summary>
/// Ends attempts whose process died, and undoes what attempts began at Meta and did not end: of one that died, and of one that could not undo it itself, because Meta
/// was down. Whatever node comes first does it, with the token that was kept for that, and tells the host; after half an hour the token is wiped, and told is what is left.
/// </summary>
internal sealed partial class AttemptUndo(
    AttemptRecords attempts, AttemptReader reader, NumberAuthority numbers, WaitingGrants sealing, WabaSubscription subscription, AccountEventDelivery events,
    TimeProvider time, ILogger<AttemptUndo> logger)
{
    private const int TakenAtOnce = 32;

    // More than an account may begin while tokens are kept.
    private const int ListedOfAccount = 100;

    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan MetaDeadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(28);

    // Nothing of an attempt is ever put off so far.
    private static readonly TimeSpan Whenever = TimeSpan.FromDays(1);

    /// <summary>
    /// Takes what is due, some at once, so that these take no longer than one, and goes on while there is more and some of it gets done: while Meta is down there would be
    /// no end, and what is left is for the next time.
    /// </summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        int taken, done;
        do
        {
            var now = time.GetUtcNow();
            var due = await attempts.TakeUndoneAsync(now, now + LeaseTime, TakenAtOnce, stoppingToken).ConfigureAwait(false);
            var ends = await Task.WhenAll(due.Select(attempt => TryAsync(attempt, stoppingToken))).ConfigureAwait(false);
            (taken, done) = (due.Count, ends.Count(isDone => isDone));
        }
        while (taken == TakenAtOnce && done > 0);
    }

    /// <summary>Undoes these now, whenever they are due.</summary>
    public async Task RunAsync(IReadOnlyCollection<ConnectAttempt> undone)
    {
        var until = time.GetUtcNow() + LeaseTime;
        foreach (var attempt in undone)
        {
            await attempts.SetUndoAsync(attempt.Id, until, CancellationToken.None).ConfigureAwait(false);
            await TryAsync(attempt, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// After a restore of a backup: ends the attempts that it shows as running and undoes nothing, for what they had begun may have been connected since. What waits for a choice,
    /// or to be undone, is wiped. Returns how many attempts it ended.
    /// </summary>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var (whenever, forgotten) = (time.GetUtcNow() + Whenever, 0);
        await attempts.PruneAsync(whenever, DateTimeOffset.UnixEpoch, cancellationToken).ConfigureAwait(false);
        while (await attempts.TakeUndoneAsync(whenever, whenever + LeaseTime, TakenAtOnce, cancellationToken).ConfigureAwait(false) is { Count: > 0 } taken)
        {
            foreach (var attempt in taken)
            {
                var ended = attempt.Outcome is null ? await attempts.UpdateAsync(await reader.EndedAsync(attempt).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false) : attempt;
                var begun = attempt.Steps.Any(step => step.Step is StepNames.Subscribe);
                if (!AttemptView.IsSaved(ended.Outcome) && (attempt.Outcome is null || begun))
                    await TellAsync(attempt, begun ? Finding.StillSubscribed : ErrorCodes.Interrupted).ConfigureAwait(false);
                await attempts.SetUndoAsync(attempt.Id, null, CancellationToken.None).ConfigureAwait(false);
                forgotten++;
            }
        }

        return forgotten;
    }

    /// <summary>Undoes what attempts of an account that is erased left at Meta, once and now: with their rows goes the only trace of it.</summary>
    public async Task RunAsync(AccountId account, CancellationToken cancellationToken)
    {
        foreach (var attempt in (await attempts.ListAsync(account, ListedOfAccount, cancellationToken).ConfigureAwait(false)).Where(attempt => attempt.UndoToken is not null))
        {
            var left = await ReleaseAsync(attempt).ConfigureAwait(false);
            LogUndone(account.ToString(), attempt.Id, left ?? "ok");
        }
    }

    /// <summary>Whether nothing is left to do.</summary>
    private async Task<bool> TryAsync(ConnectAttempt attempt, CancellationToken stoppingToken)
    {
        try
        {
            return await UndoAsync(attempt).ConfigureAwait(false);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogBroke(exception, attempt.AccountId.ToString(), attempt.Id);
            if (IsOver(attempt))
                await attempts.SetUndoAsync(attempt.Id, null, CancellationToken.None).ConfigureAwait(false);
            return false;
        }
    }

    private async Task<bool> UndoAsync(ConnectAttempt taken)
    {
        // Somebody who asked for it may have ended it already.
        var died = taken.Outcome is null or ErrorCodes.Interrupted;
        var ended = taken.Outcome is null ? await attempts.UpdateAsync(await reader.EndedAsync(taken).ConfigureAwait(false), CancellationToken.None).ConfigureAwait(false) : taken;
        var left = await ReleaseAsync(taken).ConfigureAwait(false);
        if (left is not null && !IsOver(taken))
        {
            await attempts.SetUndoAsync(taken.Id, time.GetUtcNow() + AttemptJournal.UndoneAfter, CancellationToken.None).ConfigureAwait(false);
            return false;
        }

        // Before the record goes that would tell who comes next; with an id of its own, so that it is told once.
        // Of an account that was erased meanwhile nothing may be kept.
        var isKept = await attempts.FindAsync(taken.AccountId, taken.Id, CancellationToken.None).ConfigureAwait(false) is not null;
        if (isKept && (left is not null || (died && !AttemptView.IsSaved(ended.Outcome))))
            await TellAsync(taken, left is null ? ErrorCodes.Interrupted : Finding.StillSubscribed).ConfigureAwait(false);
        await attempts.SetUndoAsync(taken.Id, null, CancellationToken.None).ConfigureAwait(false);
        if (taken.Steps.Any(step => step.Step is StepNames.Subscribe))
            LogUndone(taken.AccountId.ToString(), taken.Id, left ?? "ok");
        return true;
    }

    /// <summary>
    /// Leaves every WABA that the attempt may have subscribed the app to, or tried to leave, and of which nobody holds a number. Null when nothing is left, else why not.
    /// </summary>
    private async Task<string?> ReleaseAsync(ConnectAttempt attempt)
    {
        string? left = null;
        AccessToken[] tokens = sealing.OpenUndo(attempt) is { } token ? [token] : [];
        using var deadline = new CancellationTokenSource(MetaDeadline, time);
        var read = await numbers.ReadAsync(attempt.AccountId, CancellationToken.None).ConfigureAwait(false);
        foreach (var subscribed in attempt.Steps.Where(step => step.Step is StepNames.Subscribe || IsNotLeft(read, step)).Select(step => step.WabaId).Distinct())
        {
            if (!WabaId.TryParse(subscribed, out var waba))
                continue;
            var released = await subscription.ReleaseAsync(waba, tokens, deadline.Token).ConfigureAwait(false);
            left ??= released.Code;
        }

        return left;
    }

    /// <summary>A number that keeps its token for that has the WABA left by upkeep.</summary>
    private static bool IsNotLeft(AccountPhoneNumbers read, AttemptStep step) => step.Step is StepNames.Unsubscribe && step.Result != "ok"
        && !read.Numbers.Any(number => number is { IsHeld: false, Token: not null } && number.WabaId.ToString() == step.WabaId);

    private async Task TellAsync(ConnectAttempt attempt, string reason)
    {
        // An account that was erased meanwhile is not to come back by this.
        if (await attempts.FindAsync(attempt.AccountId, attempt.Id).ConfigureAwait(false) is null)
            return;
        var abandoned = new AccountEvent { Id = attempt.Id, Kind = AccountEvent.AttemptAbandoned, AccountId = attempt.AccountId, At = time.GetUtcNow(), Numbers = [], Reason = reason };
        await numbers.WriteAsync(attempt.AccountId, _ => [], [abandoned], CancellationToken.None).ConfigureAwait(false);
        await events.DeliverAsync(attempt.AccountId).ConfigureAwait(false);
    }

    private bool IsOver(ConnectAttempt attempt) => time.GetUtcNow() - attempt.ClaimedAt >= TokenLife;

    [LoggerMessage(1326, LogLevel.Warning, "Account {Account}: what attempt {Attempt} had begun at Meta is undone: {Result}")]
    private partial void LogUndone(string account, Guid attempt, string result);

    [LoggerMessage(1327, LogLevel.Error, "Account {Account}: what attempt {Attempt} had begun at Meta could not be undone; the next try is in three minutes")]
    private partial void LogBroke(Exception exception, string account, Guid attempt);
}
