using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Notices;

/// <summary>
/// Makes what Meta says of a number or its WABA true in the authority, in one commit, and reports to the host what that changed: only the writer whose commit
/// changed it sees a difference, so each change is reported once.
/// </summary>
internal sealed partial class NoticeFollower(
    NumberAuthority numbers, AccessCheck check, AccountEventSource events, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time,
    ILogger<NoticeFollower> logger) : INoticeFollower
{
    public async Task ApplyAsync(
        AccountId account, WabaId waba, EventContent content, DateTimeOffset? at, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (NoticeReader.Read(content, NoticeRules.TimeOf(at ?? receivedAt, time.GetUtcNow()), options.CurrentValue.AppId) is not { } read)
            return;

        if (read.Notice.Kind is MetaNotice.AccessKind)
        {
            await HoldAsync(account, numbers => read.NumbersIn(numbers, waba), read.Notice, cancellationToken).ConfigureAwait(false);
            return;
        }

        var noted = await NoteAsync(
            account,
            numbers => read.NumbersIn(numbers, waba),
            at is null ? read.Notice.WithoutTime() : read.Notice,
            number => read.VerifiedName is { } name ? number.Named(name) : number,
            cancellationToken).ConfigureAwait(false);
        await UntilAsync(RaiseAsync(noted), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Somebody says that the app has lost access. Sending stops at once; but what was said may be old or forged, so the numbers go, and their tokens with
    /// them, only after Meta has refused the account's own token. A check without result changes nothing and is made again later.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="targets">Which of its numbers it is about.</param>
    /// <param name="notice">What was said: of kind <see cref="MetaNotice.AccessKind"/>, and it stops sending.</param>
    /// <param name="cancellationToken">Gives up before the commit of the hold; after that it only ends the check and the wait for the host's handlers.</param>
    public async Task HoldAsync(
        AccountId account, Func<AccountPhoneNumbers, IEnumerable<PhoneNumber>> targets, MetaNotice notice, CancellationToken cancellationToken)
    {
        var noted = await NoteAsync(account, targets, notice, number => number, cancellationToken).ConfigureAwait(false);

        // Meta is asked while the host is told, for its handlers may take their time.
        var raising = RaiseAsync(noted);
        PhoneNumber[] held = [.. noted.After.Numbers.Where(number => number.Notice(MetaNotice.AccessKind) == notice && IsNew(noted.Before, number))];
        var settled = held.Length == 0 ? null : await FindOutAsync(account, held, cancellationToken).ConfigureAwait(false);
        await UntilAsync(RaiseAsync(settled, after: raising), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has Meta asked about numbers that are held back, as they were read, and writes what is sure. Never fails.</summary>
    public async Task SettleAsync(AccountId account, IReadOnlyCollection<PhoneNumber> doubted, CancellationToken cancellationToken) =>
        await RaiseAsync(await FindOutAsync(account, doubted, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

    private async Task<PhoneNumberWrite?> FindOutAsync(AccountId account, IReadOnlyCollection<PhoneNumber> doubted, CancellationToken cancellationToken)
    {
        try
        {
            var answers = await check.AskInTimeAsync(doubted, cancellationToken).ConfigureAwait(false);
            var now = time.GetUtcNow();

            if (answers.Count > 0)
                return await numbers.WriteAsync(account, read => [.. answers.Select(answer => answer.Settle(read, now)).OfType<PhoneNumber>()], CancellationToken.None).ConfigureAwait(false);

            // What is not known is asked again later.
            LogNotKnown(account.ToString());
        }
        catch (Exception exception)
        {
            LogBroke(exception, account.ToString());
        }

        return null;
    }

    private static bool IsNew(AccountPhoneNumbers before, PhoneNumber number) =>
        before.Find(number.PhoneNumberId)?.Notice(MetaNotice.AccessKind) != number.Notice(MetaNotice.AccessKind);

    /// <summary>Numbers for which it is no news stay as they are.</summary>
    private Task<PhoneNumberWrite> NoteAsync(
        AccountId account,
        Func<AccountPhoneNumbers, IEnumerable<PhoneNumber>> targets,
        MetaNotice notice,
        Func<PhoneNumber, PhoneNumber> also,
        CancellationToken cancellationToken) =>
        numbers.WriteAsync(account, read => [.. targets(read).Where(notice.Applies).Select(number => also(number.WithNotice(notice)))], cancellationToken);

    /// <summary>Waits for the host's handlers no longer than the delivery lasts: what is committed stands, and they go on.</summary>
    private static async Task UntilAsync(Task raising, CancellationToken cancellationToken) =>
        await raising.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task RaiseAsync(PhoneNumberWrite? write, Task after)
    {
        await after.ConfigureAwait(false);
        await RaiseAsync(write).ConfigureAwait(false);
    }

    private Task RaiseAsync(PhoneNumberWrite? write) => write is null ? Task.CompletedTask : events.RaiseAsync([.. EventsOf(write)]);

    private IEnumerable<AccountEvent> EventsOf(PhoneNumberWrite write)
    {
        var account = write.After.Reference.AccountId;
        var now = time.GetUtcNow();
        Change[] changes = [.. write.After.Numbers
            .Select(after => (Before: write.Before.Find(after.PhoneNumberId), After: after))
            .Where(pair => pair.Before is not null && !ReferenceEquals(pair.Before, pair.After))
            .SelectMany(pair => Of(pair.Before!, pair.After))];
        foreach (var change in changes.GroupBy(change => (change.Kind, change.Notice, change.Reason)))
        {
            PhoneNumberId[] changed = [.. change.Select(one => one.Number)];
            LogFollowed(account.ToString(), change.Key.Kind, change.Key.Notice.Event, changed.Length);
            var isEnd = change.Key.Kind is AccountEvent.Disconnected;
            yield return new AccountEvent
            {
                Kind = change.Key.Kind,
                AccountId = account,
                At = now,
                Numbers = changed,
                Reason = change.Key.Reason,
                Initiator = isEnd ? change.Key.Notice.Initiator : null,
                Notice = isEnd ? null : change.Key.Notice,
            };
        }
    }

    private static IEnumerable<Change> Of(PhoneNumber before, PhoneNumber after)
    {
        foreach (var notice in after.Notices.Where(notice => before.Notice(notice.Kind) != notice))
        {
            if (before.IsHeld && !after.IsHeld)
                yield return new Change(AccountEvent.Disconnected, after.PhoneNumberId, notice, after.DisconnectReason);
            else
                yield return new Change(AccountEvent.Noticed, after.PhoneNumberId, notice);
            if (before.State is NumberState.Active && after.State is NumberState.Paused)
                yield return new Change(AccountEvent.Paused, after.PhoneNumberId, notice);
            if (before.State is NumberState.Paused && after.State is NumberState.Active)
                yield return new Change(AccountEvent.Resumed, after.PhoneNumberId, notice);
        }
    }

    private sealed record Change(string Kind, PhoneNumberId Number, MetaNotice Notice, string? Reason = null);

    [LoggerMessage(1570, LogLevel.Information, "Account {Account}: {Change} by {Event}, {Count} numbers")]
    private partial void LogFollowed(string account, string change, string @event, int count);

    [LoggerMessage(1571, LogLevel.Warning, "Account {Account}: Meta says that access was lost, and whether that is so cannot be found out now; it is asked again within five minutes")]
    private partial void LogNotKnown(string account);

    [LoggerMessage(1572, LogLevel.Error, "Account {Account}: checking whether access was lost broke off; it is asked again within five minutes")]
    private partial void LogBroke(Exception exception, string account);
}
