using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Notices;

/// <summary>
/// Finds out whether Meta still shows numbers to their own tokens. Without an answer nothing changes.
/// All checks of one scope share their time, so that a webhook does not wait once for each account.
/// </summary>
internal sealed partial class AccessCheck(
    AccessQuestion question, NumberAuthority numbers, NoticeEvents events, TimeProvider time, ILogger<AccessCheck> logger) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private CancellationTokenSource? _patience;

    /// <summary>Checks numbers that are held back, as they were read, and writes what is sure. Never fails.</summary>
    public async Task RunAsync(AccountId account, IReadOnlyCollection<PhoneNumber> doubted, CancellationToken cancellationToken)
    {
        try
        {
            _patience ??= new CancellationTokenSource(Patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(_patience.Token, cancellationToken);
            var answers = await question.AskAsync(doubted, either.Token).ConfigureAwait(false);

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

    public void Dispose() => _patience?.Dispose();

    private async Task SettleAsync(AccountId account, IReadOnlyList<AccessAnswer> answers)
    {
        var now = time.GetUtcNow();
        var write = await numbers.WriteAsync(
            account, read => [.. answers.Select(answer => answer.Settle(read, now)).OfType<PhoneNumber>()], CancellationToken.None).ConfigureAwait(false);
        await events.RaiseAsync(write).ConfigureAwait(false);
    }

    private static partial class Log
    {
        [LoggerMessage(1571, LogLevel.Warning, "Account {Account}: Meta says that access was lost, and whether that is so cannot be found out now; it is asked again within five minutes")]
        public static partial void NotKnown(ILogger logger, string account);

        [LoggerMessage(1572, LogLevel.Error, "Account {Account}: checking whether access was lost broke off; it is asked again within five minutes")]
        public static partial void Broke(ILogger logger, Exception exception, string account);
    }
}
