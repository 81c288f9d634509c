using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WhatsAppOnboarding.EfCore.Entities;

internal sealed class NumberCallConfiguration(string? schema) : IEntityTypeConfiguration<NumberCallRow>
{
    public void Configure(EntityTypeBuilder<NumberCallRow> builder)
    {
        builder.ToTable("WhatsAppNumberCalls", schema);
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => new { row.PhoneNumberId, row.Kind });
        builder.HasIndex(row => row.At);

        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.PhoneNumberId).HasMaxLength(ColumnLengths.GraphId).IsRequired();
        builder.Property(row => row.Kind).HasMaxLength(ColumnLengths.Word).IsRequired();
        builder.Property(row => row.At).HasConversion<UtcTimeConverter>();
    }
}
