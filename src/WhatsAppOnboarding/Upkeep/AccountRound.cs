using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Disconnect;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Notices;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>
/// A round of upkeep of one account: what was left behind is ended, what is doubted is settled, what grows old is proved anew, what is ours is repaired, what an older
/// key seals is sealed under the key of now, and what follows from all that is written, from which the host is told.
/// </summary>
internal sealed class AccountRound(
    GraphClient graph,
    NumberAuthority numbers,
    ConnectionCheck check,
    TokenUpkeep tokens,
    NumberSteps steps,
    Restoration restoration,
    DisconnectFlow disconnect,
    NoticeFollower notices,
    NumberSealing seals,
    LibraryMetrics metrics,
    IOptionsMonitor<WhatsAppOnboardingOptions> options,
    TimeProvider time)
{
    private static readonly TimeSpan ForNothing = TimeSpan.FromDays(30);

    public async Task RunAsync(AccountId account, CancellationToken deadline)
    {
        var read = await numbers.ReadAsync(account, deadline).ConfigureAwait(false);
        if (read.Numbers.Any(number => number is { IsHeld: false, UnprovedSince: not null }))
            read = await restoration.GiveUpAsync(read, deadline).ConfigureAwait(false);
        if (read.Numbers.Any(number => number is { IsHeld: false, Token: not null, UnprovedSince: null }))
            await disconnect.LeaveAgainAsync(read).ConfigureAwait(false);

        PhoneNumber[] doubted = [.. read.Numbers.Where(number => number.IsHeld && number.Notice(MetaNotice.AccessKind) is { StopsSending: true })];
        if (doubted.Length > 0)
            await notices.SettleAsync(account, doubted, deadline).ConfigureAwait(false);

        var now = time.GetUtcNow();
        var due = await WithRoomAsync(account, [.. read.Numbers.Where(number => number.IsHeld && NumberSchedule.IsToCheck(number, now))], IntervalOf(read)).ConfigureAwait(false);
        if (due.Length > 0)
        {
            foreach (var number in due)
                metrics.ProofAged(now - (number.Evidence.ListedAt ?? number.ConnectedAt));
            due = await tokens.RenewAsync(account, due, IntervalOf(read), deadline).ConfigureAwait(false);
            await check.RunAsync(account, due, IntervalOf(read), deadline).ConfigureAwait(false);
            await numbers.NoteSharedAsync(due, CancellationToken.None).ConfigureAwait(false);
            if (!deadline.IsCancellationRequested)
                await FinishAsync(account, deadline).ConfigureAwait(false);
        }

        // What follows from the time alone, such as that a token has ended, is told by a write like everything else.
        now = time.GetUtcNow();
        var write = await numbers.WriteAsync(
            account,
            current => [.. current.Numbers.Select(number => (Before: number, After: seals.Renewed(Aged(number, now)))).Where(pair => !ReferenceEquals(pair.After.IsHeld ? pair.After.Reported(now) : pair.After, pair.Before)).Select(pair => pair.After)],
            CancellationToken.None).ConfigureAwait(false);

        // What could not be settled is still due, and each write of the round has said so anew: it waits for the next turn, or the round would begin again at once.
        // Who was due for nothing, such as after it was set aside, comes when something is.
        if (write.After.Reference.DueAt <= now)
        {
            var next = NumberSchedule.DueOf(write.After.Numbers) ?? now + ForNothing;
            await numbers.PostponeAsync(account, next > now ? next : now + AccountUpkeep.LeaseTime, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Those of whose WABA Meta can be asked now. Where most of its limit is used up, the others wait, and leave the rest to what a person waits for; but none for so
    /// long that it is not known any more how it stands.
    /// </summary>
    private async Task<PhoneNumber[]> WithRoomAsync(AccountId account, PhoneNumber[] due, TimeSpan interval)
    {
        var now = time.GetUtcNow();
        var waits = due.Select(number => number.WabaId).Distinct().ToDictionary(waba => waba, waba => graph.Usage.WaitFor(waba, now));
        bool Waits(PhoneNumber number) => waits.GetValueOrDefault(number.WabaId) is not null && (number.Evidence.ListedAt ?? number.ConnectedAt) > now - (2 * interval);
        if (waits.Values.All(wait => wait is null))
            return due;
        PhoneNumberId[] late = [.. due.Where(Waits).Select(number => number.PhoneNumberId)];
        await numbers.WriteAsync(
            account,
            read => [.. read.Numbers.Where(number => number.IsHeld && late.Contains(number.PhoneNumberId) && Waits(number)).Select(number => number.CheckDueAt(now + waits[number.WabaId]!.Value))],
            CancellationToken.None).ConfigureAwait(false);
        return [.. due.Where(number => !Waits(number))];
    }

    /// <summary>
    /// Deliveries for a shared number wait from now on, because upkeep could not prove access to it anew; and of a number that is not held it was looked under which key its PINs are sealed.
    /// </summary>
    private PhoneNumber Aged(PhoneNumber number, DateTimeOffset now) =>
        NumberSchedule.IsToReseal(number, now) ? number with { Evidence = number.Evidence with { SealsCheckedAt = now } }
        : number is { IsHeld: true, IsShared: true, Evidence.CheckFailures: > 0 } && !(number.Evidence.ListedAt >= now - options.CurrentValue.SharedProofLifetime) && number.Findings.All(finding => finding.Code != Finding.SharedProofStale)
            ? number.WithFinding(new Finding { Code = Finding.SharedProofStale, At = now })
            : number;

    /// <summary>A proof of access to a shared number is renewed long before deliveries would wait for it.</summary>
    private TimeSpan IntervalOf(AccountPhoneNumbers account)
    {
        var (interval, shared) = (options.CurrentValue.CheckInterval, options.CurrentValue.SharedProofLifetime / 2);
        return account.Numbers.Any(number => number is { IsHeld: true, IsShared: true }) && shared < interval ? shared : interval;
    }

    /// <summary>What was written down to be done for a number, and whoever was to do it died before it began.</summary>
    private async Task FinishAsync(AccountId account, CancellationToken deadline)
    {
        var read = await numbers.ReadAsync(account, deadline).ConfigureAwait(false);
        foreach (var number in read.Numbers.Where(number => number is { IsHeld: true, UnprovedSince: null } && number.Running?.IsAlive(time.GetUtcNow()) is not true && time.GetUtcNow() - number.ConnectedAt > AccountUpkeep.LeaseTime))
        {
            foreach (var step in NumberSteps.LeftOf(number))
                await steps.FinishAsync(number, step, deadline).ConfigureAwait(false);
        }
    }
}
