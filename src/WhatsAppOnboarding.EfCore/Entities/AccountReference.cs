using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Entities;

/// <summary>Rows are not sealed and this navigation is virtual, because a host that uses lazy-loading proxies could not build its model otherwise.</summary>
internal class AccountReferenceRow
{
    public required string AccountId { get; init; }

    public string? WabaId { get; set; }

    public long Version { get; set; }

    public long ConnectSequence { get; set; }

    public Guid Incarnation { get; init; }

    public DateTimeOffset? DueAt { get; set; }

    // A set, for in a list of thousands each row that is read is looked for.
    public virtual ICollection<PhoneNumberRow> Numbers { get; } = new HashSet<PhoneNumberRow>(ReferenceEqualityComparer.Instance);
}

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
        builder.Property(row => row.DueAt).HasConversion<UtcTimeConverter>();
        builder.HasIndex(row => row.DueAt);

        // An account that was erased and came back starts again at version 1: a writer that read the earlier version 1 must not match it.
        builder.Property(row => row.Incarnation).IsConcurrencyToken();

        builder.HasMany(row => row.Numbers)
            .WithOne()
            .HasForeignKey(row => row.AccountId)
            .IsRequired()
            .OnDelete(DeleteBehavior.Cascade);
    }
}

internal static class AccountMapping
{
    public static AccountPhoneNumbers ToAccount(this AccountReferenceRow? row, AccountId account) => row is null
        ? AccountPhoneNumbers.None(account)
        : new AccountPhoneNumbers(row.ToReference(account), [.. row.Numbers.Select(number => number.ToNumber())]);

    public static void Take(this AccountReferenceRow row, AccountWabaReference reference)
    {
        row.WabaId = reference.WabaId?.ToString();
        row.Version = reference.Version;
        row.ConnectSequence = reference.ConnectSequence;
        row.DueAt = UtcTime.Cut(reference.DueAt);
    }

    /// <exception cref="InvalidOperationException">The database takes two accounts for one.</exception>
    public static void RequireSame(string found, AccountId account)
    {
        if (found != account.ToString())
        {
            throw new InvalidOperationException(
                $"The database answered the row of account '{found}' when asked for '{account}'. "
                + "Give the id columns of the WhatsApp tables a collation that compares case and accents: "
                + "modelBuilder.AddWhatsAppOnboarding(model => model.Collation(…)), and add a migration.");
        }
    }

    private static AccountWabaReference ToReference(this AccountReferenceRow row, AccountId account)
    {
        RequireSame(row.AccountId, account);
        return new AccountWabaReference
        {
            AccountId = account,
            WabaId = row.WabaId is { } id ? WabaId.Parse(id) : null,
            Version = row.Version,
            ConnectSequence = row.ConnectSequence,
            DueAt = row.DueAt,
        };
    }
}
