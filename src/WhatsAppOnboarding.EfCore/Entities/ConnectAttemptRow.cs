using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Entities;

internal class ConnectAttemptRow
{
    public required Guid Id { get; init; }

    public required string StateHash { get; init; }

    public required string CodeHash { get; init; }

    public required string AccountId { get; init; }

    public required string Way { get; init; }

    public required Guid Generation { get; init; }

    public required DateTimeOffset ClaimedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public string? Outcome { get; init; }

    public int PhoneCount { get; init; }

    public string Steps { get; init; } = RowJson.EmptyList;

    public string? WaitingGrant { get; init; }

    public DateTimeOffset? WaitsUntil { get; init; }

    public string? UndoToken { get; init; }

    public DateTimeOffset? UndoAt { get; init; }
}

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
        builder.HasIndex(row => row.UndoAt);

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
        builder.Property(row => row.UndoToken).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.UndoAt).HasConversion<UtcTimeConverter>();
    }
}

internal static class ConnectAttemptMapping
{
    public static ConnectAttempt ToAttempt(this ConnectAttemptRow row) => new()
    {
        Id = row.Id,
        StateHash = row.StateHash,
        CodeHash = row.CodeHash,
        AccountId = AccountId.Parse(row.AccountId),
        Way = row.Way,
        Generation = row.Generation,
        ClaimedAt = row.ClaimedAt,
        EndedAt = row.EndedAt,
        Outcome = row.Outcome,
        PhoneCount = row.PhoneCount,
        Steps = RowJson.Read<AttemptStep>(row.Steps),
        WaitingGrant = row.WaitingGrant is { } ciphertext ? new SealedSecret(ciphertext) : null,
        WaitsUntil = row.WaitsUntil,
        UndoToken = row.UndoToken is { } undo ? new SealedSecret(undo) : null,
        UndoAt = row.UndoAt,
    };

    public static ConnectAttemptRow ToRow(this ConnectAttempt attempt) => new()
    {
        Id = attempt.Id,
        StateHash = attempt.StateHash,
        CodeHash = attempt.CodeHash,
        AccountId = attempt.AccountId.ToString(),
        Way = attempt.Way,
        Generation = attempt.Generation,
        ClaimedAt = UtcTime.Cut(attempt.ClaimedAt),
        EndedAt = UtcTime.Cut(attempt.EndedAt),
        Outcome = attempt.Outcome,
        PhoneCount = attempt.PhoneCount,
        Steps = RowJson.Write(attempt.Steps),
        WaitingGrant = attempt.WaitingGrant?.Reveal(),
        WaitsUntil = UtcTime.Cut(attempt.WaitsUntil),
        UndoToken = attempt.UndoToken?.Reveal(),
        UndoAt = UtcTime.Cut(attempt.UndoAt),
    };
}
