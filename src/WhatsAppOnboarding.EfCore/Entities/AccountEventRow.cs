using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Entities;

internal class AccountEventRow
{
    public required string AccountId { get; init; }

    public required long Place { get; init; }

    public required Guid EventId { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string Event { get; init; }

    public DateTimeOffset? NextAt { get; set; }

    public string? Finished { get; set; }

    public int Failures { get; set; }

    public string? Reason { get; set; }

    public DateTimeOffset? ParkedAt { get; set; }

    public static AccountEventRow From(StoredEvent stored) => new()
    {
        AccountId = stored.Event.AccountId.ToString(),
        Place = stored.Place,
        EventId = stored.Event.Id,
        At = UtcTime.Cut(stored.Event.At),
        Event = stored.Event.ToJson(),
        NextAt = UtcTime.Cut(stored.NextAt),
    };

    public StoredEvent ToStored() => new()
    {
        Event = AccountEvent.Parse(Event),
        Place = Place,
        NextAt = NextAt,
        Finished = RowJson.ReadOrNone<string>(Finished),
        Failures = Failures,
        Reason = Reason,
        ParkedAt = ParkedAt,
    };
}

internal sealed class AccountEventConfiguration(string? schema) : IEntityTypeConfiguration<AccountEventRow>
{
    public void Configure(EntityTypeBuilder<AccountEventRow> builder)
    {
        builder.ToTable("WhatsAppAccountEvents", schema);
        // The id makes no difference to a reader. With it writers who meet do so in the version of the account, not in this key, which a host would find in its log as an error.
        builder.HasKey(row => new { row.AccountId, row.Place, row.EventId });
        builder.HasIndex(row => row.NextAt);
        builder.HasIndex(row => row.At);

        builder.Property(row => row.AccountId).HasMaxLength(AccountId.MaxLength).IsRequired();
        builder.Property(row => row.Place).ValueGeneratedNever();
        builder.Property(row => row.EventId);
        builder.Property(row => row.At).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.Event).HasMaxLength(ColumnLengths.Unlimited).IsRequired();
        builder.Property(row => row.NextAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.Finished).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.Failures);
        builder.Property(row => row.Reason).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.ParkedAt).HasConversion<UtcTimeConverter>();
    }
}
