using Microsoft.EntityFrameworkCore;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Entities;

internal static class WebhookItemMapping
{
    public static LedgerRecord ToRecord(this WebhookItemRow row) => new()
    {
        AccountId = AccountId.Parse(row.AccountId),
        ItemKey = row.Item,
        Finished = RowJson.Read<string>(row.Finished),
        Failures = row.Failures,
        FirstFailedAt = row.FirstFailedAt,
        FailedHandler = row.FailedHandler,
        Reason = row.Reason,
        ParkedAt = row.ParkedAt,
        Payload = row.Payload,
        TouchedAt = row.TouchedAt,
        Version = row.Version,
    };

    /// <summary>Stages the change of one record, over the version that was read and no other. A new one costs no query.</summary>
    public static void Stage(this DbContext context, LedgerRecord before, LedgerRecord after)
    {
        if (before.Version == 0)
            context.Add(after.ToRow());
        else
            context.Attach(before.ToRow()).CurrentValues.SetValues(after.ToRow());
    }

    private static WebhookItemRow ToRow(this LedgerRecord record) => new()
    {
        AccountId = record.AccountId.ToString(),
        Item = record.ItemKey,
        Finished = RowJson.Write(record.Finished),
        Failures = record.Failures,
        FirstFailedAt = UtcTime.Cut(record.FirstFailedAt),
        FailedHandler = record.FailedHandler,
        Reason = record.Reason,
        ParkedAt = UtcTime.Cut(record.ParkedAt),
        Payload = record.Payload,
        TouchedAt = UtcTime.Cut(record.TouchedAt),
        Version = record.Version,
    };
}
