using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Notices;

/// <summary>Asks Meta again about numbers that are held back because nobody knows yet whether access was lost.</summary>
internal sealed partial class AccessRecheck(IServiceScopeFactory scopes, ILogger<AccessRecheck> logger)
{
    private const int AccountsAtOnce = 8;

    public async Task RunAsync(NumberAuthority numbers, CancellationToken stoppingToken)
    {
        AccountId? last = null;
        while (await numbers.FindPausedAsync(last, stoppingToken).ConfigureAwait(false) is { Count: > 0 } accounts)
        {
            await Parallel.ForEachAsync(
                accounts,
                new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = stoppingToken },
                async (account, _) => await CheckAsync(account, stoppingToken).ConfigureAwait(false)).ConfigureAwait(false);
            last = accounts[^1];
        }
    }

    /// <summary>One account that cannot be read must not keep the others waiting.</summary>
    private async Task CheckAsync(AccountId account, CancellationToken stoppingToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            try
            {
                var read = await scope.ServiceProvider.GetRequiredService<NumberAuthority>().ReadAsync(account, stoppingToken).ConfigureAwait(false);
                PhoneNumber[] doubted = [.. read.Numbers.Where(number => number.IsHeld && number.Notice(NoticeKinds.Access) is { Holds: true })];
                if (doubted.Length > 0)
                    await scope.ServiceProvider.GetRequiredService<AccessCheck>().RunAsync(account, doubted, stoppingToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.Failed(logger, exception, account.ToString());
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1573, LogLevel.Error, "Account {Account}: whether access was lost could not be looked up; the next try is in five minutes")]
        public static partial void Failed(ILogger logger, Exception exception, string account);
    }
}
