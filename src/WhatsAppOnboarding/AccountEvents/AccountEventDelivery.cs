using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.AccountEvents;

/// <summary>
/// Hands the events that writes left in the store to the host's handlers: of one account in order, each handler with a scope and a time of its own, again until it
/// has finished. Nothing that they do can undo what is committed, and none that hangs holds up whoever wrote, or another account.
/// </summary>
internal sealed partial class AccountEventDelivery(
    IServiceScopeFactory scopes, HostHandlers<IAccountEventHandler> handlers, LibraryMetrics metrics, TimeProvider time, ILogger<AccountEventDelivery> logger)
{
    public const int FailuresBeforeParking = 20;

    private const int AccountsAtOnce = 16;

    private static readonly TimeSpan HandlingTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WaitingTime = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PlaceTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstRepeat = TimeSpan.FromMinutes(1), LongestRepeat = TimeSpan.FromHours(1);

    // Whoever calls the library out of a handler must not wait for that handler.
    private static readonly AsyncLocal<bool> IsHandling = new();

    private readonly Dictionary<AccountId, Run> _running = [];

    /// <summary>
    /// Hands out what these accounts have waiting. Ends when it is handled, and after a quarter of a minute at the latest, however much there is: what is not done by
    /// then goes on behind. Never fails; what fails is tried again by upkeep.
    /// </summary>
    public async Task DeliverAsync(params IEnumerable<AccountId> accounts)
    {
        if (handlers.All.Count == 0)
            return;
        var delivering = Parallel.ForEachAsync(
            accounts.Distinct(), new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce }, async (account, _) => await Join(account).ConfigureAwait(false));
        if (!IsHandling.Value)
            await delivering.WaitAsync(WaitingTime, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>As <see cref="DeliverAsync"/>, for writes that come in numbers, such as by webhooks: what is being handed out already is not waited for, so that one hangs at most.</summary>
    public Task DeliverBesideAsync(AccountId account)
    {
        lock (_running)
        {
            if (_running.TryGetValue(account, out var running))
            {
                running.IsAskedAgain = true;
                return Task.CompletedTask;
            }
        }

        return DeliverAsync(account);
    }

    /// <summary>Hands out what was left: by a process that died, by a handler that failed. Who takes longer than a second leaves its place and goes on behind.</summary>
    public async Task DeliverWaitingAsync(CancellationToken stoppingToken)
    {
        if (handlers.All.Count == 0)
            return;
        AccountId? last = null;
        while (await scopes.UseAsync((IAccountEventStore store) => store.FindWaitingAsync(time.GetUtcNow(), last, stoppingToken)).ConfigureAwait(false) is { Count: > 0 } accounts)
        {
            var places = new ParallelOptions { MaxDegreeOfParallelism = AccountsAtOnce, CancellationToken = stoppingToken };
            await Parallel.ForEachAsync(
                accounts, places, async (account, _) => await Join(account).WaitAsync(PlaceTime, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing)).ConfigureAwait(false);
            last = accounts[^1];
        }
    }

    /// <summary>What is handed out for the account in this process; one at a time, and once more if something is asked for meanwhile.</summary>
    private Task Join(AccountId account)
    {
        lock (_running)
        {
            if (_running.TryGetValue(account, out var running))
            {
                running.IsAskedAgain = true;
                return running.End;
            }

            var run = _running[account] = new Run();
            run.End = Task.Run(() => RunAsync(account, run), CancellationToken.None);
            return run.End;
        }
    }

    private async Task RunAsync(AccountId account, Run run)
    {
        do
        {
            run.IsAskedAgain = false;
            try
            {
                while (await TakeAsync(account).ConfigureAwait(false) is { } taken && await HandleAsync(taken).ConfigureAwait(false))
                {
                }
            }
            catch (Exception exception)
            {
                LogNotDelivered(exception, account.ToString());
            }
        }
        while (!Ends(account, run));
    }

    private bool Ends(AccountId account, Run run)
    {
        lock (_running)
        {
            if (!run.IsAskedAgain)
                _running.Remove(account);
            return !run.IsAskedAgain;
        }
    }

    private Task<StoredEvent?> TakeAsync(AccountId account)
    {
        var now = time.GetUtcNow();
        return scopes.UseAsync((IAccountEventStore store) => store.TakeAsync(account, now, now + (HandlingTime * (handlers.All.Count + 1)) + NodeClocks.Apart));
    }

    /// <summary>Whether the next event may come.</summary>
    private async Task<bool> HandleAsync(StoredEvent taken)
    {
        var known = taken;
        foreach (var handler in handlers.All.Where(handler => !taken.Finished.Contains(handler.Name)))
            known = await FailureOfAsync(handler, taken.Event).ConfigureAwait(false) is { } reason ? known with { Reason = reason } : known with { Finished = [.. known.Finished, handler.Name] };

        var isDone = handlers.All.All(handler => known.Finished.Contains(handler.Name));
        var failures = isDone ? known.Failures : known.Failures + 1;
        var now = time.GetUtcNow();
        var ended = known with
        {
            Failures = failures,
            NextAt = isDone || failures >= FailuresBeforeParking ? null : now + Repeat(failures),
            ParkedAt = !isDone && failures >= FailuresBeforeParking ? now : null,
        };
        metrics.EventHanded(taken.Event.Kind, isDone ? TagNames.Ok : ended.ParkedAt is null ? "failed" : "parked");
        if (ended.ParkedAt is not null)
            LogParked(ended.Event.AccountId.ToString(), ended.Event.Kind, failures);
        return await scopes.UseAsync((IAccountEventStore store) => store.UpdateAsync(ended, taken.NextAt)).ConfigureAwait(false) && ended.NextAt is null;
    }

    private static TimeSpan Repeat(int failures) => TimeSpan.FromTicks(Math.Min(LongestRepeat.Ticks, FirstRepeat.Ticks << Math.Min(failures - 1, 10)));

    /// <summary>Null when the handler has finished.</summary>
    private async Task<string?> FailureOfAsync(HostHandler<IAccountEventHandler> handler, AccountEvent accountEvent)
    {
        using var limit = new CancellationTokenSource(HandlingTime, time);
        try
        {
            // On a thread of the pool, for one that blocks its thread hangs, too.
            await Task.Run(() => HandleAsync(handler, accountEvent, limit.Token), CancellationToken.None).WaitAsync(limit.Token).ConfigureAwait(false);
            return null;
        }
        catch (Exception) when (limit.IsCancellationRequested)
        {
            LogLeftBehind(handler.Name, accountEvent.Kind, HandlingTime.TotalSeconds);
            return $"{handler.Name} did not end within {HandlingTime.TotalSeconds} seconds.";
        }
        catch (Exception exception)
        {
            LogFailed(exception, handler.Name, accountEvent.Kind);
            return HandlerReason.Of(exception, handler.Name);
        }
    }

    private async Task HandleAsync(HostHandler<IAccountEventHandler> handler, AccountEvent accountEvent, CancellationToken cancellationToken)
    {
        // What a handler does was caused by nobody who happened to begin the delivery.
        Actor.Leave();
        IsHandling.Value = true;
        var scope = WhatsAppAccountContext.Begin(scopes, accountEvent.AccountId, waba: null, accountEvent.Numbers is [var only] ? only : null);
        await using (scope.ConfigureAwait(false))
            await handler.Build(scope.ServiceProvider).HandleAsync(accountEvent, cancellationToken).ConfigureAwait(false);
    }

    private sealed class Run
    {
        public Task End { get; set; } = Task.CompletedTask;

        public bool IsAskedAgain { get; set; }
    }

    [LoggerMessage(1250, LogLevel.Error, "{Handler} failed on {Event}; it is called again later")]
    private partial void LogFailed(Exception exception, string handler, string @event);

    [LoggerMessage(1251, LogLevel.Error, "{Handler} did not end on {Event} within {Seconds} seconds and is left behind; it is called again later. Hand long work on, for example to a queue")]
    private partial void LogLeftBehind(string handler, string @event, double seconds);

    [LoggerMessage(1252, LogLevel.Error, "Account {Account}: the event {Event} failed {Failures} times and is parked; IWhatsAppOperator lists it")]
    private partial void LogParked(string account, string @event, int failures);

    [LoggerMessage(1253, LogLevel.Error, "Account {Account}: its events could not be read or noted; the next try is in five minutes")]
    private partial void LogNotDelivered(Exception exception, string account);
}
