using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>What the ledger knows of the items of one delivery; without a ledger nothing, and nothing is noted.</summary>
internal sealed class KnownItems
{
    public static readonly KnownItems WithoutLedger = new();

    private readonly Dictionary<(AccountId Account, string Key), LedgerRecord>? _records;

    public KnownItems(IEnumerable<LedgerRecord> records) => _records = records.ToDictionary(record => (record.AccountId, record.ItemKey));

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
