using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Entities;

internal class WebhookItemRow
{
    public required string AccountId { get; init; }

    public required string Item { get; init; }

    public string Finished { get; init; } = RowJson.EmptyList;

    public int Failures { get; init; }

    public DateTimeOffset? FirstFailedAt { get; init; }

    public string? FailedHandler { get; init; }

    public string? Reason { get; init; }

    public DateTimeOffset? ParkedAt { get; init; }

    public string? Payload { get; init; }

    public DateTimeOffset TouchedAt { get; init; }

    public long Version { get; init; }
}

internal sealed class WebhookItemConfiguration(string? schema) : IEntityTypeConfiguration<WebhookItemRow>
{
    public void Configure(EntityTypeBuilder<WebhookItemRow> builder)
    {
        builder.ToTable("WhatsAppWebhookItems", schema);
        builder.HasKey(row => new { row.AccountId, row.Item });

        // What is known of an item is asked for all accounts at once.
        builder.HasIndex(row => row.Item);

        // One index for both questions: what is parked, and what is not parked and old. Every item of every account pays for each further one.
        builder.HasIndex(row => new { row.ParkedAt, row.TouchedAt });

        builder.Property(row => row.AccountId).HasMaxLength(AccountId.MaxLength).IsRequired();
        builder.Property(row => row.Item).HasMaxLength(ColumnLengths.Item).IsRequired();
        builder.Property(row => row.Finished).HasMaxLength(ColumnLengths.Unlimited).IsRequired();
        builder.Property(row => row.Failures);
        builder.Property(row => row.FirstFailedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.FailedHandler).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.Reason).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.ParkedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.Payload).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.TouchedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.Version).IsConcurrencyToken();
    }
}

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
