using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Notices;

/// <summary>
/// Makes what Meta says of a number or its WABA true in the authority, in one commit, and reports to the host what that changed: only the writer whose commit
/// changed it sees a difference, so each change is reported once.
/// </summary>
internal sealed partial class NoticeFollower(
    NumberAuthority numbers, NumberSealing protection, AccessCheck check, AccountEventDelivery events, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time,
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
        await UntilAsync(DeliverAsync(noted), cancellationToken).ConfigureAwait(false);
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
        var delivering = DeliverAsync(noted);
        PhoneNumber[] held = [.. noted.After.Numbers.Where(number => number.Notice(MetaNotice.AccessKind) == notice && IsNew(noted.Before, number))];
        var settled = held.Length == 0 ? null : await FindOutAsync(account, held, cancellationToken).ConfigureAwait(false);
        await UntilAsync(Task.WhenAll(delivering, DeliverAsync(settled)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has Meta asked about numbers that are held back, as they were read, and writes what is sure. Never fails.</summary>
    public async Task SettleAsync(AccountId account, IReadOnlyCollection<PhoneNumber> doubted, CancellationToken cancellationToken) =>
        await DeliverAsync(await FindOutAsync(account, doubted, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>
    /// A call with that token failed. What Meta refuses a token, now or for good, is believed of the one that the number has, and of all numbers that were connected with
    /// it; what else says something of the number is noted, and it is looked at soon.
    /// </summary>
    public async Task FailedAsync(AccountId account, PhoneNumberId id, AccessToken token, GraphError error, CancellationToken cancellationToken)
    {
        var isRefused = error.StableCode is ErrorCodes.TokenInvalid;
        Func<PhoneNumber, DateTimeOffset, PhoneNumber>? change = error switch
        {
            { StableCode: ErrorCodes.TwoFactorNeeded or ErrorCodes.FacebookCheck } => (number, at) => number.Stopped(error.StableCode, at).CheckedSoon(at),
            { StableCode: ErrorCodes.MetaNotFound or ErrorCodes.NumberDeleted } => (number, at) => number.SendFailed(NumberReasons.NotShown, at),
            { Code: { } code } when NumberReasons.IsOfNumber(code) => (number, at) => number.SendFailed(code, at),
            _ => null,
        };
        if (!isRefused && change is null)
            return;
        var read = await numbers.ReadAsync(account, cancellationToken).ConfigureAwait(false);
        if (read.Find(id) is not { IsHeld: true } number || protection.Open(number)?.Reveal() != token.Reveal())
            return;

        var now = time.GetUtcNow();
        var write = isRefused
            ? await numbers.RefuseAsync(number, now).ConfigureAwait(false)
            : await WriteAsync(account, current => current.PhoneNumberId == id && current.Generation == number.Generation ? change!(current, now) : current, cancellationToken).ConfigureAwait(false);
        await UntilAsync(DeliverAsync(write), cancellationToken).ConfigureAwait(false);
    }

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

    public async Task NoteAsync(AccountId account, Func<PhoneNumber, PhoneNumber> change, CancellationToken cancellationToken) =>
        await UntilAsync(DeliverAsync(await WriteAsync(account, change, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);

    private Task<PhoneNumberWrite> WriteAsync(AccountId account, Func<PhoneNumber, PhoneNumber> change, CancellationToken cancellationToken) => numbers.WriteAsync(
        account,
        read => [.. read.Numbers.Where(number => number.IsHeld).Select(number => (Before: number, After: change(number))).Where(pair => !ReferenceEquals(pair.Before, pair.After)).Select(pair => pair.After)],
        cancellationToken);

    /// <summary>Waits for the host's handlers no longer than the delivery lasts: what is committed stands, and they go on.</summary>
    private static async Task UntilAsync(Task delivering, CancellationToken cancellationToken) =>
        await delivering.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Has the host told of what a write changed.</summary>
    private Task DeliverAsync(PhoneNumberWrite? write)
    {
        if (write is not { After.Events: [_, ..] })
            return Task.CompletedTask;
        var account = write.After.Reference.AccountId;
        foreach (var news in write.After.Events)
            LogFollowed(account.ToString(), news.Kind, news.Notice?.Event ?? news.Reason, news.Numbers.Count);
        return events.DeliverBesideAsync(account);
    }

    [LoggerMessage(1570, LogLevel.Information, "Account {Account}: {Change} by {Event}, {Count} numbers")]
    private partial void LogFollowed(string account, string change, string? @event, int count);

    [LoggerMessage(1571, LogLevel.Warning, "Account {Account}: Meta says that access was lost, and whether that is so cannot be found out now; it is asked again within five minutes")]
    private partial void LogNotKnown(string account);

    [LoggerMessage(1572, LogLevel.Error, "Account {Account}: checking whether access was lost broke off; it is asked again within five minutes")]
    private partial void LogBroke(Exception exception, string account);
}
