using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WhatsAppOnboarding.EfCore.Entities;

internal sealed class ReleaseConfiguration(string? schema) : IEntityTypeConfiguration<ReleaseRow>
{
    public void Configure(EntityTypeBuilder<ReleaseRow> builder)
    {
        builder.ToTable("WhatsAppReleases", schema);
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.WabaId);

        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.WabaId).HasMaxLength(ColumnLengths.GraphId).IsRequired();
        builder.Property(row => row.At).HasConversion<UtcTimeConverter>();
    }
}
