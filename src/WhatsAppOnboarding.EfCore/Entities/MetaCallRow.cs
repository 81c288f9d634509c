using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Entities;

internal class MetaCallRow
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required string GraphId { get; init; }

    public required DateTimeOffset At { get; init; }

    public static MetaCallRow From(MetaCall call) => new() { Id = Guid.NewGuid(), Kind = call.Kind, GraphId = call.Id, At = UtcTime.Cut(call.At) };

    public MetaCall ToCall() => new() { Kind = Kind, Id = GraphId, At = At };
}

internal sealed class MetaCallConfiguration(string? schema) : IEntityTypeConfiguration<MetaCallRow>
{
    public void Configure(EntityTypeBuilder<MetaCallRow> builder)
    {
        builder.ToTable("WhatsAppMetaCalls", schema);
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => new { row.GraphId, row.Kind });
        builder.HasIndex(row => row.At);

        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Kind).HasMaxLength(ColumnLengths.Word).IsRequired();
        builder.Property(row => row.GraphId).HasMaxLength(ColumnLengths.GraphId).IsRequired();
        builder.Property(row => row.At).HasConversion<UtcTimeConverter>();
    }
}
