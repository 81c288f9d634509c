using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.PhoneNumbers;
using WhatsAppOnboarding.Steps;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>
/// Removes, once an hour, what may not be kept any longer: attempts after 30 days, releases after a day, and tokens of disconnected
/// numbers whose time is over. Every node may run it.
/// </summary>
internal sealed partial class Housekeeping(IServiceScopeFactory scopes, TimeProvider time, ILogger<Housekeeping> logger) : BackgroundService
{
    public static readonly TimeSpan AttemptLife = TimeSpan.FromDays(30);

    private static readonly TimeSpan ReleaseLife = TimeSpan.FromDays(1);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            try
            {
                await RunAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                Log.Failed(logger, exception);
            }
        }
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow();
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            await scope.ServiceProvider.GetRequiredService<IConnectAttemptStore>().PruneAsync(now - AttemptLife, stoppingToken).ConfigureAwait(false);
            await scope.ServiceProvider.GetRequiredService<IReleaseLog>().PruneAsync(now - ReleaseLife, stoppingToken).ConfigureAwait(false);

            var numbers = scope.ServiceProvider.GetRequiredService<IPhoneNumberStore>();
            foreach (var account in await numbers.FindOverdueAsync(now, stoppingToken).ConfigureAwait(false))
            {
                await numbers.WriteAsync(account, read => [.. read.Numbers.Where(number => number.IsOverdue(now)).Select(Wipe)], stoppingToken).ConfigureAwait(false);
                Log.Wiped(logger, account.ToString());
            }
        }
    }

    private static PhoneNumber Wipe(PhoneNumber number) => number.WithoutOpenStep(StepNames.Unsubscribe) with { Token = null, TokenKeptUntil = null };

    private static partial class Log
    {
        [LoggerMessage(1600, LogLevel.Warning, "Account {Account}: Meta could not be told of a disconnect in time; the token kept for it is wiped")]
        public static partial void Wiped(ILogger logger, string account);

        [LoggerMessage(1601, LogLevel.Error, "What is too old could not be removed; the next try is in an hour")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
