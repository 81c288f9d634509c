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
/// The story of a disconnect: first here, at once and whatever Meta does; then the app leaves WABAs at Meta, those of an earlier disconnect too; then the tokens go.
/// </summary>
internal sealed partial class DisconnectFlow(
    NumberAuthority numbers,
    AttemptRecords attempts,
    ItemLedger ledger,
    WabaSubscription subscription,
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
        PhoneNumberId[] disconnected = change.DoneIn(write.After);
        if (disconnected.Length > 0)
            LogDisconnected(account.ToString(), disconnected.Length);
        var open = await LeaveAsync(write.After, change.Scope).ConfigureAwait(false);
        activity?.SetTag(TagNames.Outcome, open.Count == 0 ? "ok" : "open");

        // Last, for the host's handlers may take their time.
        if (disconnected.Length > 0)
            await events.DeliverAsync(account).ConfigureAwait(false);
        return new DisconnectResult { Disconnected = disconnected, Open = open };
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
        return result;
    }

    /// <summary>
    /// Tries once more to leave the WABAs of numbers that were disconnected; whose time is over loses its token, and what could not be undone stays known. By upkeep.
    /// </summary>
    public Task LeaveAgainAsync(AccountPhoneNumbers account) => LeaveAsync(account, new DisconnectScope());

    private async Task<bool> HoldsAsync(AccountId account) =>
        (await numbers.ReadAsync(account, CancellationToken.None).ConfigureAwait(false)).Numbers.Any(number => number.IsHeld);

    /// <summary>The WABAs that the app could not leave, each with the code of why.</summary>
    private async Task<IReadOnlyDictionary<WabaId, string>> LeaveAsync(AccountPhoneNumbers account, DisconnectScope scope)
    {
        var open = new ConcurrentDictionary<WabaId, string>();
        using var deadline = new CancellationTokenSource(MetaDeadline, time);
        await Parallel.ForEachAsync(
            account.Numbers.Where(number => IsLeaving(number) && scope.Covers(number)).GroupBy(number => number.WabaId),
            new ParallelOptions { MaxDegreeOfParallelism = WabasAtOnce },
            async (waba, _) =>
            {
                var left = await LeaveAsync(waba.Key, [.. waba], deadline.Token).ConfigureAwait(false);
                if (!left.Succeeded && left.Code is not ErrorCodes.TokenInvalid)
                    open[waba.Key] = left.Code;
                await RecordAsync(account.Reference.AccountId, [.. waba], left).ConfigureAwait(false);
            }).ConfigureAwait(false);
        return open;
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
        return left.Succeeded ? number.WithoutToken()
            : left.Code is ErrorCodes.TokenInvalid || number.IsOverdue(now) ? number.WithoutToken().StillSubscribed(now)
            : number.WithOpenStep(left.ToOpenStep(StepNames.Unsubscribe, now)).CheckEnded(isWhole: false, RepeatedAtLeast, now);
    }

    [LoggerMessage(1400, LogLevel.Information, "Account {Account}: {Count} numbers disconnected")]
    private partial void LogDisconnected(string account, int count);

    [LoggerMessage(1401, LogLevel.Information, "Account {Account}: erased")]
    private partial void LogErased(string account);
}

/// <summary>
/// What a disconnect changes in an account. Which numbers it means is decided once, from the first state it sees: when it is applied again,
/// a number that was connected anew meanwhile has another generation and is left alone.
/// </summary>
internal sealed class DisconnectChange(DisconnectScope scope, DateTimeOffset now)
{
    /// <summary>How long a disconnected number may keep its token to unsubscribe the app.</summary>
    private static readonly TimeSpan TokenKept = TimeSpan.FromDays(7);

    private Dictionary<PhoneNumberId, Guid>? _targets;

    public DisconnectScope Scope => scope;

    /// <summary>The numbers meant that are disconnected now; one that was connected anew meanwhile is not.</summary>
    public PhoneNumberId[] DoneIn(AccountPhoneNumbers account) =>
        [.. account.Numbers.Where(number => !number.IsHeld && IsTarget(number)).Select(number => number.PhoneNumberId)];

    public IReadOnlyCollection<PhoneNumber> Apply(AccountPhoneNumbers account)
    {
        _targets ??= account.Numbers
            .Where(number => number.IsHeld && scope.Covers(number))
            .ToDictionary(number => number.PhoneNumberId, number => number.Generation);
        return
        [
            .. account.Numbers
                .Where(number => number.IsHeld && IsTarget(number))
                .Select(number => number.Disconnected(DisconnectReasons.Requested, now, tokenKeptUntil: now + TokenKept)),
        ];
    }

    private bool IsTarget(PhoneNumber number) =>
        _targets is not null && _targets.TryGetValue(number.PhoneNumberId, out var generation) && generation == number.Generation;
}
