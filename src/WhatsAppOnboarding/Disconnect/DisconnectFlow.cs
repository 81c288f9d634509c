using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Disconnect;

/// <summary>
/// The story of a disconnect: first here, at once and whatever Meta does; then the app leaves WABAs at Meta, those of an earlier disconnect too; then numbers are
/// deregistered, if that was ordered; then the tokens go.
/// </summary>
internal sealed partial class DisconnectFlow(
    NumberAuthority numbers,
    AttemptRecords attempts,
    ItemLedger ledger,
    WabaSubscription subscription,
    Deregistration deregistration,
    NumberSealing protection,
    AccountEventDelivery events,
    TimeProvider time,
    ILogger<DisconnectFlow> logger)
{
    private const int ErasesAgain = 3;

    private const int WabasAtOnce = 8;

    private static readonly TimeSpan MetaDeadline = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan RepeatedAtLeast = TimeSpan.FromHours(6);

    public async Task<DisconnectResult> DisconnectAsync(AccountId account, DisconnectScope? scope, CancellationToken cancellationToken)
    {
        using var activity = LibraryDiagnostics.Activities.StartActivity("disconnect");
        var change = new DisconnectChange(scope ?? new DisconnectScope(), time.GetUtcNow());
        var write = await numbers.WriteAsync(account, change.Apply, cancellationToken).ConfigureAwait(false);
        var disconnected = change.DoneIn(write.After).Length;
        if (disconnected > 0)
            LogDisconnected(account.ToString(), disconnected);
        var left = await LeaveAsync(write.After, change.Scope).ConfigureAwait(false);
        var after = left.Count == 0 ? write.After : await numbers.ReadAsync(account, CancellationToken.None).ConfigureAwait(false);
        var result = change.ResultIn(after, left);
        activity?.SetTag(TagNames.Outcome, result.Open.Count == 0 ? "ok" : "open");

        // Last, for the host's handlers may take their time.
        if (disconnected > 0)
            await events.DeliverAsync(account).ConfigureAwait(false);
        return result;
    }

    public async Task<DisconnectResult> EraseAccountAsync(AccountId account, CancellationToken cancellationToken)
    {
        // First the attempts: a connect that is under way looks for its own when it saves. One that began since is disconnected, too.
        await attempts.EraseAsync(account, cancellationToken).ConfigureAwait(false);
        var result = await DisconnectAsync(account, null, CancellationToken.None).ConfigureAwait(false);
        for (var again = 0; again < ErasesAgain && await HoldsAsync(account).ConfigureAwait(false); again++)
            result = await DisconnectAsync(account, null, CancellationToken.None).ConfigureAwait(false);
        await numbers.EraseAsync(account, CancellationToken.None).ConfigureAwait(false);
        await attempts.EraseAsync(account, CancellationToken.None).ConfigureAwait(false);
        await ledger.EraseAsync(account, CancellationToken.None).ConfigureAwait(false);
        LogErased(account.ToString());
        return result with { NextTryAt = null, TokenKept = [] };
    }

    /// <summary>
    /// Tries once more to leave the WABAs of numbers that were disconnected; whose time is over loses its token, and what could not be undone stays known. By upkeep.
    /// </summary>
    public Task LeaveAgainAsync(AccountPhoneNumbers account) => LeaveAsync(account, new DisconnectScope());

    private async Task<bool> HoldsAsync(AccountId account) =>
        (await numbers.ReadAsync(account, CancellationToken.None).ConfigureAwait(false)).Numbers.Any(number => number.IsHeld);

    /// <summary>The WABAs that the app was to leave, each with null when it has, else with the code of why not.</summary>
    private async Task<IReadOnlyDictionary<WabaId, string?>> LeaveAsync(AccountPhoneNumbers account, DisconnectScope scope)
    {
        var done = new ConcurrentDictionary<WabaId, string?>();
        using var deadline = new CancellationTokenSource(MetaDeadline, time);
        await Parallel.ForEachAsync(
            account.Numbers.Where(number => IsLeaving(number) && scope.Covers(number)).GroupBy(number => number.WabaId),
            new ParallelOptions { MaxDegreeOfParallelism = WabasAtOnce },
            async (waba, _) =>
            {
                PhoneNumber[] leaving = [.. waba];

                // A number that has only to be deregistered any more has left its WABA.
                var left = leaving.Any(number => number.IsOpen(StepNames.Unsubscribe))
                    ? await LeaveAsync(waba.Key, leaving, deadline.Token).ConfigureAwait(false)
                    : new StepResult<GraphDone>(new GraphDone());
                done[waba.Key] = left.Code;
                var write = await RecordAsync(account.Reference.AccountId, leaving, left).ConfigureAwait(false);
                foreach (var number in write.After.Numbers.Where(number => number.IsToDeregister() && leaving.Any(one => one.PhoneNumberId == number.PhoneNumberId)))
                    await deregistration.RunAsync(number, deadline.Token).ConfigureAwait(false);
            }).ConfigureAwait(false);
        return done;
    }

    private static bool IsLeaving(PhoneNumber number) => number is { IsHeld: false, Token: not null };

    private async Task<StepResult<GraphDone>> LeaveAsync(WabaId waba, IReadOnlyList<PhoneNumber> leaving, CancellationToken deadline)
    {
        var now = time.GetUtcNow();
        AccessToken[] tokens =
        [
            .. leaving
                .Where(number => !number.IsOverdue(now))
                .OrderByDescending(number => number.ConnectSequence)
                .Select(protection.Open)
                .OfType<AccessToken>()
                .DistinctBy(token => token.Reveal()),
        ];
        var released = await subscription.ReleaseAsync(waba, tokens, deadline).ConfigureAwait(false);

        return released;
    }

    private Task<PhoneNumberWrite> RecordAsync(AccountId account, IReadOnlyList<PhoneNumber> leaving, StepResult<GraphDone> left) => numbers.WriteAsync(
        account,
        now => [.. leaving
            .Select(number => now.Find(number.PhoneNumberId) is { } current && current.Generation == number.Generation && IsLeaving(current) ? current : null)
            .OfType<PhoneNumber>()
            .Select(number => Recorded(number, left))],
        CancellationToken.None);

    /// <summary>A token that is dead, or whose time is over, can do nothing more. Any other no may be for a while, so the step stays open until then.</summary>
    private PhoneNumber Recorded(PhoneNumber number, StepResult<GraphDone> left)
    {
        var now = time.GetUtcNow();
        if (number.IsOverdue(now) || left.Code is ErrorCodes.TokenInvalid)
            return number.IsOpen(StepNames.Unsubscribe) && !left.Succeeded ? number.WithoutToken(left.Code).StillSubscribed(now) : number.WithoutToken();
        if (!left.Succeeded)
            return number.WithOpenStep(left.ToOpenStep(StepNames.Unsubscribe, now)).CheckEnded(isWhole: false, RepeatedAtLeast, now);
        return number.Left() is { Token: not null } kept ? kept.CheckEnded(isWhole: false, RepeatedAtLeast, now) : number.Left();
    }

    [LoggerMessage(1400, LogLevel.Information, "Account {Account}: {Count} numbers disconnected")]
    private partial void LogDisconnected(string account, int count);

    [LoggerMessage(1401, LogLevel.Information, "Account {Account}: erased")]
    private partial void LogErased(string account);
}
