using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>
/// The clock of what happens by itself. Every minute it hands out account events that are waiting, tells of starts that fell silent and undoes what dead attempts began; every five it removes what may
/// not be kept any longer: grants that nobody chose from, logged calls after 72 hours, attempts after 30 days, links 30 days after they expired, events after their life, and
/// what the webhook ledger need not remember. Beside that, since it may wait for Meta for hours, it looks after accounts that are due, every minute. Every node runs it; what
/// is due is taken by one.
/// </summary>
internal sealed partial class Housekeeping(
    AttemptRecords attempts,
    SilentStarts starts,
    MetaCalls calls,
    ItemLedger ledger,
    IServiceScopeFactory scopes,
    AccountEventDelivery events,
    AccountUpkeep accounts,
    IOptionsMonitor<WhatsAppOnboardingOptions> options,
    TimeProvider time,
    ILogger<Housekeeping> logger) : BackgroundService
{
    public static readonly TimeSpan AttemptLife = TimeSpan.FromDays(30);
    public static readonly TimeSpan LinkLife = TimeSpan.FromDays(30);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RemovedEvery = TimeSpan.FromMinutes(5);

    // Soon, for a process that is recycled often; not at once, for the host may still be preparing its database.
    private static readonly TimeSpan FirstRun = TimeSpan.FromMinutes(2);

    private DateTimeOffset _removedAt;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        EveryMinuteAsync(() => CleanUpAsync(stoppingToken), stoppingToken),
        EveryMinuteAsync(() => TryAsync(accounts.RunAsync, LogNotLookedAfter, stoppingToken), stoppingToken));

    private async Task EveryMinuteAsync(Func<Task> work, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(FirstRun, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            timer.Period = Interval;
            await work().ConfigureAwait(false);
        }
    }

    private async Task CleanUpAsync(CancellationToken stoppingToken)
    {
        if (time.GetUtcNow() - _removedAt >= RemovedEvery)
        {
            _removedAt = time.GetUtcNow();
            await TryAsync(RemoveAsync, LogNotRemoved, stoppingToken).ConfigureAwait(false);
        }

        await TryAsync(events.DeliverWaitingAsync, LogNotDelivered, stoppingToken).ConfigureAwait(false);
        await TryAsync(starts.TellAsync, LogNotTold, stoppingToken).ConfigureAwait(false);

        // Last, for it waits for Meta.
        await TryAsync(UndoAsync, LogNotUndone, stoppingToken).ConfigureAwait(false);
    }

    private static async Task TryAsync(Func<CancellationToken, Task> work, Action<Exception> failed, CancellationToken stoppingToken)
    {
        try
        {
            await work(stoppingToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            failed(exception);
        }
    }

    private async Task RemoveAsync(CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow();
        await PruneAsync(token => attempts.PruneAsync(now, now - AttemptLife, token), stoppingToken).ConfigureAwait(false);
        await PruneAsync(token => calls.PruneAsync(now, token), stoppingToken).ConfigureAwait(false);
        await PruneAsync(token => ledger.PruneAsync(now, token), stoppingToken).ConfigureAwait(false);
        await PruneAsync(token => scopes.UseAsync((ISetupLinkStore store) => store.PruneAsync(now - LinkLife, token)), stoppingToken).ConfigureAwait(false);
        await PruneAsync(token => scopes.UseAsync((IAccountEventStore store) => store.PruneAsync(now - options.CurrentValue.AccountEventLife, token)), stoppingToken).ConfigureAwait(false);
    }

    private async Task UndoAsync(CancellationToken stoppingToken)
    {
        using var actor = Actor.Enter(Actor.Upkeep);
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            await scope.ServiceProvider.GetRequiredService<AttemptUndo>().RunAsync(stoppingToken).ConfigureAwait(false);
    }

    private static async Task PruneAsync(Func<CancellationToken, Task<int>> prune, CancellationToken stoppingToken)
    {
        while (await prune(stoppingToken).ConfigureAwait(false) > 0)
        {
        }
    }

    [LoggerMessage(1601, LogLevel.Error, "What is too old could not be removed; the next try is in five minutes")]
    private partial void LogNotRemoved(Exception exception);

    [LoggerMessage(1602, LogLevel.Error, "It could not be looked up which account events are waiting; the next try is in a minute")]
    private partial void LogNotDelivered(Exception exception);

    [LoggerMessage(1605, LogLevel.Error, "It could not be looked up which starts have fallen silent; the next try is in a minute")]
    private partial void LogNotTold(Exception exception);

    [LoggerMessage(1604, LogLevel.Error, "It could not be looked up what dead attempts left at Meta; the next try is in a minute")]
    private partial void LogNotUndone(Exception exception);

    [LoggerMessage(1603, LogLevel.Error, "It could not be looked up which accounts are due; the next try is in a minute")]
    private partial void LogNotLookedAfter(Exception exception);
}
