using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WhatsAppOnboarding.EfCore.Entities;

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
