using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Notices;

/// <summary>
/// Writes what Meta says, in one commit, and reports to the host what that changed: only the writer whose commit changed it sees a difference, so each change
/// is reported once.
/// </summary>
internal sealed partial class NoticeWriting(NumberAuthority numbers, AccountEventSource events, TimeProvider time, ILogger<NoticeWriting> logger)
{
    /// <param name="account">The account.</param>
    /// <param name="targets">The numbers that it is about.</param>
    /// <param name="notice">What Meta says; numbers for which it is no news stay as they are.</param>
    /// <param name="also">What else it changes in a number.</param>
    /// <param name="cancellationToken">Gives up before the commit, never half-way.</param>
    public Task<PhoneNumberWrite> NoteAsync(
        AccountId account,
        Func<AccountPhoneNumbers, IEnumerable<PhoneNumber>> targets,
        MetaNotice notice,
        Func<PhoneNumber, PhoneNumber> also,
        CancellationToken cancellationToken) =>
        RunAsync(account, read => [.. targets(read).Where(notice.Applies).Select(number => also(number.WithNotice(notice)))], cancellationToken);

    /// <summary>Makes a change, pure and safe to repeat.</summary>
    public async Task<PhoneNumberWrite> RunAsync(
        AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, CancellationToken cancellationToken)
    {
        var write = await numbers.WriteAsync(account, change, cancellationToken).ConfigureAwait(false);
        await RaiseAsync(write).ConfigureAwait(false);
        return write;
    }

    private async Task RaiseAsync(PhoneNumberWrite write)
    {
        var account = write.After.Reference.AccountId;
        var now = time.GetUtcNow();
        Change[] changes = [.. write.After.Numbers
            .Select(after => (Before: write.Before.Find(after.PhoneNumberId), After: after))
            .Where(pair => pair.Before is not null && !ReferenceEquals(pair.Before, pair.After))
            .SelectMany(pair => Of(pair.Before!, pair.After))];
        foreach (var change in changes.GroupBy(change => (change.Kind, change.Notice, change.Reason)))
        {
            PhoneNumberId[] numbers = [.. change.Select(one => one.Number)];
            Log.Followed(logger, account.ToString(), change.Key.Kind, change.Key.Notice.Event, numbers.Length);
            var isEnd = change.Key.Kind is AccountEvent.Disconnected;
            await events.RaiseAsync(new AccountEvent
            {
                Kind = change.Key.Kind,
                AccountId = account,
                At = now,
                Numbers = numbers,
                Reason = change.Key.Reason,
                Initiator = isEnd ? change.Key.Notice.Initiator : null,
                Notice = isEnd ? null : change.Key.Notice,
            }).ConfigureAwait(false);
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

    private static partial class Log
    {
        [LoggerMessage(1570, LogLevel.Information, "Account {Account}: {Change} by {Event}, {Count} numbers")]
        public static partial void Followed(ILogger logger, string account, string change, string @event, int count);
    }
}
