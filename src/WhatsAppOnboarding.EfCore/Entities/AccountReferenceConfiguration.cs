using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WhatsAppOnboarding.EfCore.Entities;

internal sealed class AccountReferenceConfiguration(string? schema) : IEntityTypeConfiguration<AccountReferenceRow>
{
    public void Configure(EntityTypeBuilder<AccountReferenceRow> builder)
    {
        builder.ToTable("WhatsAppAccounts", schema);
        builder.HasKey(row => row.AccountId);
        builder.Property(row => row.AccountId).HasMaxLength(AccountId.MaxLength).IsRequired();
        builder.Property(row => row.WabaId).HasMaxLength(ColumnLengths.GraphId);
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.Property(row => row.ConnectSequence);

        // An account that was erased and came back starts again at version 1: a writer that read the earlier version 1 must not match it.
        builder.Property(row => row.Incarnation).IsConcurrencyToken();

        builder.HasMany(row => row.Numbers)
            .WithOne()
            .HasForeignKey(row => row.AccountId)
            .IsRequired()
            .OnDelete(DeleteBehavior.Cascade);
    }
}
