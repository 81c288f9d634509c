using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Notices;

/// <summary>
/// Somebody says that the app has lost access. Sending stops at once; but what was said may be old or forged, so the numbers go, and their tokens with
/// them, only after Meta has refused the account's own token. Without an answer nothing changes.
/// All checks of one scope share their time, so that a webhook does not wait once for each account.
/// </summary>
internal sealed partial class AccessCheck(
    IGraphClient graph, NoticeWriting writing, TokenProtection protection, TimeProvider time, ILogger<AccessCheck> logger) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private CancellationTokenSource? _patience;

    /// <summary>Holds the numbers back, then checks. What became of the check is in the authority; a check without result is made again later.</summary>
    /// <param name="account">The account.</param>
    /// <param name="concerns">Which of its held numbers it is about.</param>
    /// <param name="notice">What was said: of kind <see cref="MetaNotice.AccessKind"/>, and it stops sending.</param>
    /// <param name="cancellationToken">Gives up before the commit of the hold; after that it only ends the check.</param>
    public Task HoldAsync(AccountId account, Func<PhoneNumber, bool> concerns, MetaNotice notice, CancellationToken cancellationToken) =>
        HoldAsync(account, numbers => numbers.Numbers.Where(number => number.IsHeld && concerns(number)), notice, cancellationToken);

    /// <inheritdoc cref="HoldAsync(AccountId, Func{PhoneNumber, bool}, MetaNotice, CancellationToken)"/>
    public async Task HoldAsync(
        AccountId account, Func<AccountPhoneNumbers, IEnumerable<PhoneNumber>> targets, MetaNotice notice, CancellationToken cancellationToken)
    {
        var write = await writing.NoteAsync(account, targets, notice, number => number, cancellationToken).ConfigureAwait(false);
        PhoneNumber[] held = [.. write.After.Numbers.Where(number => number.Notice(MetaNotice.AccessKind) == notice && IsNew(write.Before, number))];
        if (held.Length > 0)
            await RunAsync(account, held, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks numbers that are held back, as they were read, and writes what is sure. Never fails.</summary>
    public async Task RunAsync(AccountId account, IReadOnlyCollection<PhoneNumber> doubted, CancellationToken cancellationToken)
    {
        try
        {
            _patience ??= new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_patience.Token, cancellationToken);
            var answers = await AskAsync(doubted, either.Token).ConfigureAwait(false);

            // What is not known is asked again later.
            if (answers.Count == 0)
                Log.NotKnown(logger, account.ToString());
            else
                await SettleAsync(account, answers).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.Broke(logger, exception, account.ToString());
        }
    }

    /// <summary>
    /// Asks Meta, with each number's own token, whether it still shows the number: what it answered about those that it answered about before the deadline. Only
    /// a complete list and a definite refusal are answers; silence, limits and faults are none.
    /// </summary>
    public async Task<IReadOnlyList<AccessAnswer>> AskAsync(IEnumerable<PhoneNumber> numbers, CancellationToken deadline)
    {
        var answers = new List<AccessAnswer>();
        foreach (var waba in numbers.GroupBy(number => (number.WabaId, Token: protection.Open(number)?.Reveal())))
            answers.AddRange(await AskAsync(waba.Key.WabaId, [.. waba], deadline).ConfigureAwait(false));
        return answers;
    }

    public void Dispose() => _patience?.Dispose();

    private async Task<IEnumerable<AccessAnswer>> AskAsync(WabaId waba, PhoneNumber[] numbers, CancellationToken deadline)
    {
        if (protection.Open(numbers[0]) is not { } token)
            return [];
        var askedAt = time.GetUtcNow();
        try
        {
            var listed = await graph.ReadAllAsync(after => NumberCalls.ListNumbers(token, waba, after), deadline).ConfigureAwait(false);
            return listed.Succeeded || IsDefinite(listed.Error)
                ? numbers.Select(number => new AccessAnswer(number, listed.Value?.Any(shown => shown.Id == number.PhoneNumberId) is true, askedAt))
                : [];
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return [];
        }
    }

    private static bool IsDefinite(GraphError error) => error.Kind is GraphErrorKind.TokenInvalid or GraphErrorKind.PermissionMissing or GraphErrorKind.NotFound;

    private static bool IsNew(AccountPhoneNumbers before, PhoneNumber number) =>
        before.Find(number.PhoneNumberId)?.Notice(MetaNotice.AccessKind) != number.Notice(MetaNotice.AccessKind);

    private async Task SettleAsync(AccountId account, IReadOnlyList<AccessAnswer> answers)
    {
        var now = time.GetUtcNow();
        await writing.RunAsync(
            account, read => [.. answers.Select(answer => answer.Settle(read, now)).OfType<PhoneNumber>()], CancellationToken.None).ConfigureAwait(false);
    }

    private static partial class Log
    {
        [LoggerMessage(1571, LogLevel.Warning, "Account {Account}: Meta says that access was lost, and whether that is so cannot be found out now; it is asked again within five minutes")]
        public static partial void NotKnown(ILogger logger, string account);

        [LoggerMessage(1572, LogLevel.Error, "Account {Account}: checking whether access was lost broke off; it is asked again within five minutes")]
        public static partial void Broke(ILogger logger, Exception exception, string account);
    }
}

/// <summary>What Meta answered about a number.</summary>
/// <param name="Asked">The number as it was when Meta was asked.</param>
/// <param name="IsShown">Whether its token still shows it.</param>
/// <param name="AskedAt">When Meta was asked.</param>
internal sealed record AccessAnswer(PhoneNumber Asked, bool IsShown, DateTimeOffset AskedAt)
{
    /// <summary>What follows from it: null when nothing does, because it was connected anew or something newer was said since.</summary>
    public PhoneNumber? Settle(AccountPhoneNumbers account, DateTimeOffset now) =>
        account.Find(Asked.PhoneNumberId) is { IsHeld: true } number
        && number.Generation == Asked.Generation
        && number.Notice(MetaNotice.AccessKind) is { StopsSending: true } doubt
        && doubt == Asked.Notice(MetaNotice.AccessKind)
            ? IsShown ? Undone(number, doubt) : Disconnected(number, doubt, now)
            : null;

    /// <summary>The number with what it says of access: null when it was connected anew, or something newer is known.</summary>
    public PhoneNumber? Prove(AccountPhoneNumbers account) =>
        account.Find(Asked.PhoneNumberId) is { IsHeld: true } number && number.Generation == Asked.Generation && !number.Evidence.IsAnsweredSince(AskedAt)
            ? number.Answered(IsShown, AskedAt)
            : null;

    private PhoneNumber Undone(PhoneNumber number, MetaNotice doubt) =>
        number.WithNotice(doubt with { StopsSending = false, Undone = true }).Answered(true, AskedAt);

    private static PhoneNumber Disconnected(PhoneNumber number, MetaNotice doubt, DateTimeOffset now) =>
        number.WithNotice(doubt with { StopsSending = false }).Disconnected(MetaEvents.ReasonOf(doubt), now, doubt.Initiator);
}
