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
    /// <summary>What the ledger knows of these items; null when it could not be read.</summary>
    public async Task<KnownItems?> ReadAsync(IReadOnlyList<WebhookItem> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
            return KnownItems.WithoutLedger;
        try
        {
            string[] keys = [.. items.Select(item => item.Key).Concat(items.Select(item => item.EarlierKey).OfType<string>()).Distinct()];
            return await ledger.FindDeliveredAsync(keys, cancellationToken).ConfigureAwait(false) is { } records
                ? new KnownItems(records, items, time.GetUtcNow())
                : KnownItems.WithoutLedger;
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
    /// <param name="receivedAt">When they arrived.</param>
    /// <param name="beginning">Ended when no further item may be begun.</param>
    /// <param name="cancellationToken">Ends the wait for what was begun.</param>
    public async Task<ItemOutcome> RunAsync(
        IEnumerable<RoutedItem> toHandle, KnownItems known, DateTimeOffset receivedAt, CancellationToken beginning, CancellationToken cancellationToken)
    {
        var worst = ItemOutcome.Done;
        foreach (var item in toHandle)
        {
            if (beginning.IsCancellationRequested || cancellationToken.IsCancellationRequested)
                return Worse(worst, ItemOutcome.Unreached);
            worst = Worse(worst, await RunAsync(item, known.Of(item, time.GetUtcNow()), receivedAt, cancellationToken).ConfigureAwait(false));
        }

        return worst;
    }

    private async Task<ItemOutcome> RunAsync(RoutedItem item, LedgerRecord? known, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        if (known is { IsParked: true })
            return ItemOutcome.Done;
        if (!places.TryEnter(item.AccountId))
            return ItemOutcome.Busy;
        try
        {
            return await HandleAsync(item, known, receivedAt, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            places.Leave(item.AccountId);
        }
    }

    private async Task<ItemOutcome> HandleAsync(RoutedItem item, LedgerRecord? known, DateTimeOffset receivedAt, CancellationToken cancellationToken)
    {
        var webhookEvent = item.ToEvent(receivedAt);
        if (await handling.RunAsync(webhookEvent, known, cancellationToken).ConfigureAwait(false) is not { } failure)
            return ItemOutcome.Done;

        LogFailed(failure.Exception, failure.Handler, webhookEvent.Field, webhookEvent.AccountId.ToString());
        var noted = known is null ? null : await failures.NoteAsync(webhookEvent, () => ItemPayload.Write(item.Item), failure, isParked: false).ConfigureAwait(false);
        return failure.StillRuns ? ItemOutcome.LeftBehind : noted is { IsParked: true } ? ItemOutcome.Done : ItemOutcome.Failed;
    }

    private static ItemOutcome Worse(ItemOutcome one, ItemOutcome other) => one > other ? one : other;

    [LoggerMessage(1530, LogLevel.Error, "{Handler} failed on {Field} for account {Account}; Meta will bring it again unless it is parked")]
    private partial void LogFailed(Exception exception, string handler, string field, string account);

    [LoggerMessage(1533, LogLevel.Error, "The webhook ledger could not be read, so no handler ran; Meta will bring the delivery again. If its table is missing, add a migration")]
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

    /// <summary>It is to come again, and a handler that does not listen still looks at it.</summary>
    LeftBehind,
}
