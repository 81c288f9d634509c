using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Notices;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>
/// Removes, every five minutes, what may not be kept any longer: grants that nobody chose from, tokens of disconnected numbers whose time
/// is over, logged calls after 72 hours, attempts after 30 days, and what the webhook ledger need not remember. Then asks Meta
/// again about numbers that are held back in doubt, and about shared ones whose proof of access grows old. Every node may run it.
/// </summary>
internal sealed partial class Housekeeping(
    NumberAuthority numbers,
    AttemptRecords attempts,
    MetaCalls calls,
    ItemLedger ledger,
    AccessUpkeep access,
    TimeProvider time,
    ILogger<Housekeeping> logger) : BackgroundService
{
    public static readonly TimeSpan AttemptLife = TimeSpan.FromDays(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    // Soon, for a process that is recycled often; not at once, for the host may still be preparing its database.
    private static readonly TimeSpan FirstRun = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(FirstRun, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            timer.Period = Interval;
            await TryAsync(RemoveAsync, Log.Failed, stoppingToken).ConfigureAwait(false);

            // Last, for they wait for Meta.
            await TryAsync(access.RecheckAsync, Log.NotAsked, stoppingToken).ConfigureAwait(false);
            await TryAsync(access.RenewAsync, Log.NotAsked, stoppingToken).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> work, Action<ILogger, Exception> failed, CancellationToken stoppingToken)
    {
        try
        {
            await work(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            failed(logger, exception);
        }
    }

    private async Task RemoveAsync(CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow();
        await PruneAsync(token => attempts.PruneAsync(now, now - AttemptLife, token), stoppingToken).ConfigureAwait(false);
        await WipeAsync(now, stoppingToken).ConfigureAwait(false);
        await PruneAsync(token => calls.PruneAsync(now, token), stoppingToken).ConfigureAwait(false);
        await PruneAsync(token => ledger.PruneAsync(now, token), stoppingToken).ConfigureAwait(false);
    }

    private static async Task PruneAsync(Func<CancellationToken, Task<int>> prune, CancellationToken stoppingToken)
    {
        while (await prune(stoppingToken).ConfigureAwait(false) > 0)
        {
        }
    }

    /// <summary>One account that cannot be written must not keep the tokens of the others.</summary>
    private async Task WipeAsync(DateTimeOffset now, CancellationToken stoppingToken)
    {
        AccountId? last = null;
        while (await numbers.FindOverdueAsync(now, last, stoppingToken).ConfigureAwait(false) is { Count: > 0 } accounts)
        {
            foreach (var account in accounts)
                await WipeAsync(account, now, stoppingToken).ConfigureAwait(false);
            last = accounts[^1];
        }
    }

    private async Task WipeAsync(AccountId account, DateTimeOffset now, CancellationToken stoppingToken)
    {
        try
        {
            await numbers.WriteAsync(
                account, read => [.. read.Numbers.Where(number => number.IsOverdue(now)).Select(number => number.WithoutToken())], stoppingToken).ConfigureAwait(false);
            Log.Wiped(logger, account.ToString());
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            Log.NotWiped(logger, exception, account.ToString());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1600, LogLevel.Warning, "Account {Account}: Meta could not be told of a disconnect in time; the token kept for it is wiped")]
        public static partial void Wiped(ILogger logger, string account);

        [LoggerMessage(1602, LogLevel.Error, "Account {Account}: a token that is kept too long could not be wiped; the next try is in five minutes")]
        public static partial void NotWiped(ILogger logger, Exception exception, string account);

        [LoggerMessage(1601, LogLevel.Error, "What is too old could not be removed; the next try is in five minutes")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(1603, LogLevel.Error, "Which numbers Meta should be asked about could not be looked up; the next try is in five minutes")]
        public static partial void NotAsked(ILogger logger, Exception exception);
    }
}
