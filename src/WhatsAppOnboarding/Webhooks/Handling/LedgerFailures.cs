using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Notes in the ledger that a handler failed on an item.</summary>
internal sealed partial class LedgerFailures(
    ItemLedger ledger, NumberAuthority numbers, IOptionsMonitor<WhatsAppOnboardingOptions> options, LibraryMetrics metrics, TimeProvider time,
    ILogger<LedgerFailures> logger)
{
    // The time of the delivery may be over, and the answer still waits for this.
    private static readonly TimeSpan NotingTime = TimeSpan.FromSeconds(5);

    /// <summary>What is stored now, or would be if the account had not been erased meanwhile; null when it could not be noted.</summary>
    public async Task<LedgerRecord?> NoteAsync(WebhookEvent webhookEvent, Func<string> payload, HandlerFailure failure, bool isParked, bool atOnce = false)
    {
        try
        {
            using var patience = new CancellationTokenSource(NotingTime, time);
            var record = await ledger.FailAsync(webhookEvent.AccountId, webhookEvent.Key, Describe(failure, payload(), atOnce), patience.Token).ConfigureAwait(false);
            var account = await numbers.ReadAsync(webhookEvent.AccountId, patience.Token).ConfigureAwait(false);

            // Erased while the handler ran. Looked at after the note, not before: an erasing that comes later still takes the ledger last.
            if (account.Numbers.Count == 0)
                await ledger.EraseAsync(webhookEvent.AccountId, patience.Token).ConfigureAwait(false);
            else if (record.IsParked && !isParked)
            {
                metrics.ItemParked();
                LogParked(webhookEvent.Field, webhookEvent.AccountId.ToString(), record.Failures, failure.Handler);
            }

            return record;
        }
        catch (Exception unnoted)
        {
            LogNotNoted(unnoted, webhookEvent.AccountId.ToString());
            return null;
        }
    }

    private LedgerFailure Describe(HandlerFailure failure, string payload, bool parksAtOnce)
    {
        var limits = options.CurrentValue.Webhooks;
        return new LedgerFailure
        {
            Handler = failure.Handler,
            Reason = HandlerReason.Of(failure.Exception),
            At = time.GetUtcNow(),
            Payload = payload,
            ParkAfterFailures = parksAtOnce ? 1 : limits.ParkAfterFailures,
            ParkAfter = limits.ParkAfter,
        };
    }

    [LoggerMessage(1531, LogLevel.Error, "Parked {Field} of account {Account} after {Failures} failures of {Handler}: look at it with IWhatsAppOperator, and replay it when the handler is mended")]
    private partial void LogParked(string field, string account, int failures, string handler);

    [LoggerMessage(1532, LogLevel.Error, "The failure of a handler for account {Account} could not be noted; the item comes again")]
    private partial void LogNotNoted(Exception exception, string account);
}

/// <summary>What the ledger knows of the items of one delivery; without a ledger nothing, and nothing is noted.</summary>
internal sealed class KnownItems
{
    public static readonly KnownItems WithoutLedger = new();

    private readonly Dictionary<(AccountId Account, string Key), LedgerRecord>? _records;

    public KnownItems(IReadOnlyCollection<LedgerRecord> records, IReadOnlyList<WebhookItem> items, DateTimeOffset now)
    {
        _records = records.ToDictionary(record => (record.AccountId, record.ItemKey));
        if (records.Count == 0)
            return;
        var lately = records.Where(record => now - record.TouchedAt < WebhookItem.SameWithin).Select(record => record.ItemKey).ToHashSet();
        foreach (var item in items)
        {
            if (item.EarlierKey is { } earlier && lately.Contains(earlier))
                item.IsTheEarlier();
        }
    }

    private KnownItems()
    {
    }

    /// <summary>What is known of the item for its account; null without a ledger.</summary>
    public LedgerRecord? Of(RoutedItem item, DateTimeOffset now) =>
        _records is null ? null : _records.GetValueOrDefault((item.AccountId, item.Item.Key)) ?? LedgerRecord.New(item.AccountId, item.Item.Key, now);

    /// <summary>
    /// What is to be handled, each item once for an account: what was routed, and what an account had received and not finished, even if it would not
    /// receive it any more, for otherwise it would be lost. Accounts of which something failed come last, and of each the items that failed.
    /// </summary>
    public IEnumerable<RoutedItem> ToHandle(IReadOnlyList<RoutedItem> routed, IReadOnlyList<WebhookItem> items)
    {
        if (_records is not { Count: > 0 })
            return routed.Count == 1 ? routed : routed.DistinctBy(KeyOf);

        var failures = _records.Values.GroupBy(record => record.AccountId).ToDictionary(account => account.Key, account => account.Sum(record => record.Failures));
        return routed.Concat(Begun(items)).DistinctBy(KeyOf)
            .OrderBy(item => failures.GetValueOrDefault(item.AccountId))
            .ThenBy(item => _records.GetValueOrDefault(KeyOf(item))?.Failures ?? 0);
    }

    private IEnumerable<RoutedItem> Begun(IReadOnlyList<WebhookItem> items) =>
        from record in _records!.Values
        join item in items on record.ItemKey equals item.Key
        select new RoutedItem(record.AccountId, item.Change.RoutedWaba ?? item.Change.EntryId.GetValueOrDefault(), item);

    private static (AccountId Account, string Key) KeyOf(RoutedItem item) => (item.AccountId, item.Item.Key);
}
