using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>
/// Gives a round of upkeep to each account that something is due for, whatever node takes it. One account that fails, or takes long, never holds up another: it is set
/// aside for a while.
/// </summary>
internal sealed partial class AccountUpkeep(
    IServiceScopeFactory scopes,
    NumberAuthority numbers,
    AccountEventDelivery events,
    LibraryMetrics metrics,
    TimeProvider time,
    ILogger<AccountUpkeep> logger)
{
    private const int AccountsAtOnce = 8;
    private const int TakenAtOnce = 32;

    /// <summary>What one account may take; who took it and died lets go of it some minutes later.</summary>
    private static readonly TimeSpan AccountTime = TimeSpan.FromMinutes(2);
    public static readonly TimeSpan LeaseTime = AccountTime + TimeSpan.FromMinutes(3);
    private static readonly TimeSpan SetAside = TimeSpan.FromHours(1);

    /// <summary>Takes what is due until nothing is.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        while (await TakeAsync(stoppingToken).ConfigureAwait(false) is { Count: > 0 } accounts)
        {
            await Parallel.ForEachAsync(
                accounts,
                new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = stoppingToken },
                async (account, _) => await RunAsync(account, stoppingToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private Task<IReadOnlyList<AccountId>> TakeAsync(CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow();
        return numbers.TakeDueAsync(now, now + LeaseTime, TakenAtOnce, stoppingToken);
    }

    private async Task RunAsync(AccountId account, CancellationToken stoppingToken)
    {
        using var actor = Actor.Enter(Actor.Upkeep, account);
        using var activity = LibraryDiagnostics.Activities.StartActivity("upkeep");
        using var limit = new CancellationTokenSource(AccountTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        var started = time.GetTimestamp();
        try
        {
            var scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
                await scope.ServiceProvider.GetRequiredService<AccountRound>().RunAsync(account, either.Token).ConfigureAwait(false);
            Ended(TagNames.Ok);
            await events.DeliverAsync(account).ConfigureAwait(false);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            LogFailed(exception, account.ToString());
            Ended("failed");
            await SetAsideAsync(account).ConfigureAwait(false);
        }

        void Ended(string outcome)
        {
            metrics.UpkeepEnded(outcome, time.GetElapsedTime(started));
            activity?.SetTag(TagNames.Outcome, outcome);
        }
    }

    private async Task SetAsideAsync(AccountId account)
    {
        try
        {
            await numbers.PostponeAsync(account, time.GetUtcNow() + SetAside, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogNotSetAside(exception, account.ToString());
        }
    }

    [LoggerMessage(1640, LogLevel.Error, "Account {Account}: upkeep failed; the next try is in an hour")]
    private partial void LogFailed(Exception exception, string account);

    [LoggerMessage(1641, LogLevel.Error, "Account {Account}: upkeep failed, and it could not be set aside; the next try is in five minutes")]
    private partial void LogNotSetAside(Exception exception, string account);
}
