using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Runs the host's handlers for each account and item. One that fails does not stop the rest; what the ledger knows as finished or parked is not run
/// again, and what failed before comes last, so that it holds nothing up.
/// </summary>
internal sealed partial class WebhookDispatch(
    ItemLedger ledger,
    ItemHandling handling,
    LedgerFailures failures,
    WorkPlaces places,
    TimeProvider time,
    ILogger<WebhookDispatch> logger)
{
    /// <summary>How long a handler may take before others need not wait for it any more.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    /// <summary>What the ledger knows of these items; null when it could not be read.</summary>
    public async Task<KnownItems?> ReadAsync(IReadOnlyList<WebhookItem> items, CancellationToken cancellationToken)
    {
        try
        {
            if (items.Count == 0 || !ledger.IsKept)
                return KnownItems.WithoutLedger;
            string[] keys = [.. items.Select(item => item.Key).Concat(items.Select(item => item.EarlierKey).OfType<string>()).Distinct()];
            return new KnownItems(await ledger.FindDeliveredAsync(keys, cancellationToken).ConfigureAwait(false), items, time.GetUtcNow());
        }
        catch (Exception exception)
        {
            LogLedgerUnread(exception);
            return null;
        }
    }

    /// <summary>The worst that came of any item.</summary>
    /// <param name="toHandle">The items, in order.</param>
    /// <param name="known">What the ledger knows of them.</param>
    /// <param name="look">Looks whether an account still receives them; null when that was looked up just now.</param>
    /// <param name="turn">This go.</param>
    public async Task<ItemOutcome> RunAsync(IEnumerable<RoutedItem> toHandle, KnownItems known, FreshLook? look, DeliveryTurn turn)
    {
        if (!turn.IsQueued)
            return await RunInOrderAsync(toHandle, known, look, turn).ConfigureAwait(false);

        // Accounts side by side, so that none waits for another.
        var accounts = toHandle.GroupBy(item => item.AccountId).Select(items => RunInOrderAsync(items, known, look, turn));
        return (await Task.WhenAll(accounts).ConfigureAwait(false)).Aggregate(ItemOutcome.Done, Worse);
    }

    /// <summary>Parks what is not finished, without running it: the process ended each time that it was.</summary>
    public async Task<ItemOutcome> ParkAsync(IEnumerable<RoutedItem> items, KnownItems known, DeliveryTurn turn)
    {
        var worst = ItemOutcome.Done;
        foreach (var item in items)
        {
            if (known.Of(item, time.GetUtcNow()) is not { IsParked: false } record || handling.FirstUnfinished(record) is not { } handler)
                continue;
            var failure = new HandlerFailure(handler, new InvalidOperationException("The process ended each time that the delivery was worked; this handler was the next one."), StillRuns: false);
            var noted = await failures.NoteAsync(item.ToEvent(turn.ReceivedAt), () => ItemPayload.Write(item.Item), failure, isParked: false, atOnce: true).ConfigureAwait(false);
            worst = Worse(worst, noted is null ? ItemOutcome.Failed : ItemOutcome.Done);
        }

        return worst;
    }

    private async Task<ItemOutcome> RunInOrderAsync(IEnumerable<RoutedItem> items, KnownItems known, FreshLook? look, DeliveryTurn turn)
    {
        var worst = ItemOutcome.Done;
        foreach (var item in items)
        {
            if (turn.Beginning.IsCancellationRequested || turn.End.IsCancellationRequested)
                return Worse(worst, ItemOutcome.Unreached);
            worst = Worse(worst, await RunAsync(item, known.Of(item, time.GetUtcNow()), look, turn).ConfigureAwait(false));
        }

        return worst;
    }

    private async Task<ItemOutcome> RunAsync(RoutedItem item, LedgerRecord? known, FreshLook? look, DeliveryTurn turn)
    {
        if (known is { IsParked: true })
            return ItemOutcome.Done;

        // Whoever disconnected since is told nothing more, not even what had failed before.
        if (look is not null && !await look.ReceivesAsync(item).ConfigureAwait(false))
            return ItemOutcome.Done;
        if (handling.HasLeftBehindTooMuch(item.AccountId) || !places.TryEnter(item.AccountId))
            return ItemOutcome.Busy;
        var running = HandleAsync(item, known, look, turn);
        var isSlow = turn.IsQueued && !await EndsSoonAsync(running).ConfigureAwait(false);
        if (isSlow)
        {
            places.Slow(item.AccountId);
            turn.WhenSlow!();
        }

        try
        {
            return await running.ConfigureAwait(false);
        }
        finally
        {
            places.Leave(item.AccountId, isSlow);
        }
    }

    private async ValueTask<bool> EndsSoonAsync(Task running)
    {
        if (!running.IsCompleted)
            await running.WaitAsync(Moment, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return running.IsCompleted;
    }

    private async Task<ItemOutcome> HandleAsync(RoutedItem item, LedgerRecord? known, FreshLook? look, DeliveryTurn turn)
    {
        var webhookEvent = item.ToEvent(turn.ReceivedAt);
        Func<Task<bool>>? stillReceives = look is null ? null : () => look.ReceivesAsync(item).AsTask();
        if (await handling.RunAsync(webhookEvent, known, stillReceives, turn.End).ConfigureAwait(false) is not { } failure)
            return ItemOutcome.Done;
        if (failure.Exception is NoLongerReceivedException)
        {
            LogNoLongerReceived(webhookEvent.Field, webhookEvent.AccountId.ToString());
            return ItemOutcome.Done;
        }

        LogFailed(failure.Exception, failure.Handler, webhookEvent.Field, webhookEvent.AccountId.ToString());
        var noted = known is null ? null : await failures.NoteAsync(webhookEvent, () => ItemPayload.Write(item.Item), failure, isParked: false).ConfigureAwait(false);
        if (failure.StillRuns)
            turn.Use.IsKept = true;
        return noted is { IsParked: true } ? ItemOutcome.Done : ItemOutcome.Failed;
    }

    private static ItemOutcome Worse(ItemOutcome one, ItemOutcome other) => one > other ? one : other;

    [LoggerMessage(1530, LogLevel.Error, "{Handler} failed on {Field} for account {Account}; it comes again unless it is parked")]
    private partial void LogFailed(Exception exception, string handler, string field, string account);

    [LoggerMessage(1535, LogLevel.Information, "{Field} for account {Account} was dropped, with what its handler staged: while it ran the account stopped receiving it")]
    private partial void LogNoLongerReceived(string field, string account);

    [LoggerMessage(1533, LogLevel.Error, "The webhook ledger could not be read, so no handler ran; the delivery comes again. If its table is missing, add a migration")]
    private partial void LogLedgerUnread(Exception exception);
}

/// <summary>What came of an item, from best to worst.</summary>
internal enum ItemOutcome
{
    /// <summary>Every handler has finished, or the item is parked.</summary>
    Done,

    /// <summary>Nothing was tried, for too much of that account is being handled; it is to come again.</summary>
    Busy,

    /// <summary>The time of the delivery was over before it was begun; it is to come again.</summary>
    Unreached,

    /// <summary>It is to come again.</summary>
    Failed,
}
