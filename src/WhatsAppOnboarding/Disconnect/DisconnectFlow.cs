using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Disconnect;

/// <summary>The story of a disconnect: first here, at once and whatever Meta does; then at Meta; then the tokens go.</summary>
internal sealed partial class DisconnectFlow(
    NumberAuthority numbers,
    AttemptRecords attempts,
    ItemLedger ledger,
    WabaLeaving leaving,
    AccountEventSource events,
    TimeProvider time,
    ILogger<DisconnectFlow> logger)
{
    /// <summary>How long a disconnected number may keep its token to unsubscribe the app.</summary>
    public static readonly TimeSpan TokenKept = TimeSpan.FromDays(7);

    private const int ErasesAgain = 3;

    public async Task<DisconnectResult> DisconnectAsync(AccountId account, DisconnectScope? scope, CancellationToken cancellationToken)
    {
        using var activity = LibraryDiagnostics.Activities.StartActivity("disconnect");
        var change = new DisconnectChange(scope ?? new DisconnectScope(), time.GetUtcNow());
        var write = await numbers.WriteAsync(account, change.Apply, cancellationToken).ConfigureAwait(false);
        PhoneNumberId[] disconnected = change.DoneIn(write.After);
        if (disconnected.Length > 0)
        {
            Log.Disconnected(logger, account.ToString(), disconnected.Length);
            await events.RaiseAsync(new AccountEvent
            {
                Kind = AccountEvent.Disconnected,
                AccountId = account,
                At = time.GetUtcNow(),
                Numbers = disconnected,
                Reason = DisconnectReasons.Requested,
            }).ConfigureAwait(false);
        }

        var open = await leaving.RunAsync(write.After, change.Scope).ConfigureAwait(false);
        activity?.SetTag(TagNames.Outcome, open.Count == 0 ? "ok" : "open");
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
        Log.Erased(logger, account.ToString());
        return result;
    }

    private async Task<bool> HoldsAsync(AccountId account) =>
        (await numbers.ReadAsync(account, CancellationToken.None).ConfigureAwait(false)).Numbers.Any(number => number.IsHeld);

    private static partial class Log
    {
        [LoggerMessage(1400, LogLevel.Information, "Account {Account}: {Count} numbers disconnected")]
        public static partial void Disconnected(ILogger logger, string account, int count);

        [LoggerMessage(1401, LogLevel.Information, "Account {Account}: erased")]
        public static partial void Erased(ILogger logger, string account);
    }
}
