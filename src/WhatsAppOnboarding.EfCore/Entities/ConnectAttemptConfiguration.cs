using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WhatsAppOnboarding.EfCore.Entities;

internal sealed class ConnectAttemptConfiguration(string? schema) : IEntityTypeConfiguration<ConnectAttemptRow>
{
    public void Configure(EntityTypeBuilder<ConnectAttemptRow> builder)
    {
        builder.ToTable("WhatsAppConnectAttempts", schema);
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.StateHash).IsUnique();
        builder.HasIndex(row => row.AccountId);
        builder.HasIndex(row => row.ClaimedAt);
        builder.HasIndex(row => row.WaitsUntil);

        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.StateHash).HasMaxLength(ColumnLengths.Hash).IsRequired();
        builder.Property(row => row.CodeHash).HasMaxLength(ColumnLengths.Hash).IsRequired();
        builder.Property(row => row.AccountId).HasMaxLength(AccountId.MaxLength).IsRequired();
        builder.Property(row => row.Way).HasMaxLength(ColumnLengths.Word).IsRequired();
        builder.Property(row => row.Generation);
        builder.Property(row => row.ClaimedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.EndedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.Outcome).HasMaxLength(ColumnLengths.Word);
        builder.Property(row => row.PhoneCount);
        builder.Property(row => row.Steps).HasMaxLength(ColumnLengths.Unlimited).IsRequired();
        builder.Property(row => row.WaitingGrant).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.WaitsUntil).HasConversion<UtcTimeConverter>();
    }
}
