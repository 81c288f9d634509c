using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Entities;

internal class StartedAttemptRow
{
    public required Guid Id { get; init; }

    public required string AccountId { get; init; }

    public required string Way { get; init; }

    public required string Language { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    public DateTimeOffset? LastSignAt { get; init; }

    public DateTimeOffset? SilentAt { get; init; }

    public string? Outcome { get; init; }

    public static StartedAttemptRow From(StartedAttempt start) => new()
    {
        Id = start.Id,
        AccountId = start.AccountId.ToString(),
        Way = start.Way,
        Language = start.Language,
        StartedAt = UtcTime.Cut(start.StartedAt),
        OpenedAt = UtcTime.Cut(start.OpenedAt),
        LastSignAt = UtcTime.Cut(start.LastSignAt),
        SilentAt = UtcTime.Cut(start.SilentAt),
        Outcome = start.Outcome,
    };

    public StartedAttempt ToStart() => new()
    {
        Id = Id,
        AccountId = WhatsAppOnboarding.AccountId.Parse(AccountId),
        Way = Way,
        Language = Language,
        StartedAt = StartedAt,
        OpenedAt = OpenedAt,
        LastSignAt = LastSignAt,
        SilentAt = SilentAt,
        Outcome = Outcome,
    };
}

internal sealed class StartedAttemptConfiguration(string? schema) : IEntityTypeConfiguration<StartedAttemptRow>
{
    public void Configure(EntityTypeBuilder<StartedAttemptRow> builder)
    {
        builder.ToTable("WhatsAppStartedAttempts", schema);
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.AccountId);
        builder.HasIndex(row => row.StartedAt);
        builder.HasIndex(row => row.SilentAt);

        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.AccountId).HasMaxLength(AccountId.MaxLength).IsRequired();
        builder.Property(row => row.Way).HasMaxLength(ColumnLengths.Word).IsRequired();
        builder.Property(row => row.Language).HasMaxLength(ColumnLengths.Word).IsRequired();
        builder.Property(row => row.StartedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.OpenedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.LastSignAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.SilentAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.Outcome).HasMaxLength(ColumnLengths.Word);
    }
}
