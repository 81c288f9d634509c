using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WhatsAppOnboarding.EfCore.Entities;

internal sealed class PhoneNumberConfiguration(string? schema, bool oneAccountPerNumber) : IEntityTypeConfiguration<PhoneNumberRow>
{
    public void Configure(EntityTypeBuilder<PhoneNumberRow> builder)
    {
        builder.ToTable("WhatsAppPhoneNumbers", schema);
        builder.HasKey(row => new { row.AccountId, row.PhoneNumberId });
        builder.HasIndex(row => row.PhoneNumberId);
        builder.HasIndex(row => row.WabaId);
        builder.HasIndex(row => row.TokenKeptUntil);
        builder.HasIndex(row => row.State);
        builder.HasIndex(row => row.GrantedBy);
        builder.HasIndex(row => row.UnprovedSince);

        ConfigureIds(builder);
        ConfigureWords(builder);
        ConfigureTexts(builder);
        ConfigureTimes(builder);
        if (oneAccountPerNumber)
            HeldNumber.Configure(builder);
    }

    private static void ConfigureIds(EntityTypeBuilder<PhoneNumberRow> builder)
    {
        builder.Property(row => row.AccountId).HasMaxLength(AccountId.MaxLength).IsRequired();
        builder.Property(row => row.PhoneNumberId).HasMaxLength(ColumnLengths.GraphId).IsRequired();
        builder.Property(row => row.WabaId).HasMaxLength(ColumnLengths.GraphId).IsRequired();
        builder.Property(row => row.GrantedBy).HasMaxLength(ColumnLengths.Hash);
        builder.Property(row => row.Generation);
        builder.Property(row => row.ConnectSequence);
        builder.Property(row => row.GrantOrder);
        builder.Property(row => row.IsOnBizApp);
        builder.Property(row => row.IsShared);
        builder.Property(row => row.RunningId);
    }

    private static void ConfigureWords(EntityTypeBuilder<PhoneNumberRow> builder)
    {
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(ColumnLengths.Word).IsRequired();
        builder.Property(row => row.QualityRating).HasMaxLength(ColumnLengths.Word);
        builder.Property(row => row.Status).HasMaxLength(ColumnLengths.Word);
        builder.Property(row => row.CodeVerificationStatus).HasMaxLength(ColumnLengths.Word);
        builder.Property(row => row.PlatformType).HasMaxLength(ColumnLengths.Word);
        builder.Property(row => row.NameStatus).HasMaxLength(ColumnLengths.Word);
        builder.Property(row => row.NewDisplayName).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.NewNameStatus).HasMaxLength(ColumnLengths.Word);
        builder.Property(row => row.DisconnectReason).HasMaxLength(ColumnLengths.Word);
        builder.Property(row => row.DisconnectInitiator).HasMaxLength(ColumnLengths.Word);
        builder.Property(row => row.RunningStep).HasMaxLength(ColumnLengths.Word);
    }

    private static void ConfigureTexts(EntityTypeBuilder<PhoneNumberRow> builder)
    {
        builder.Property(row => row.Token).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.DisplayPhone).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.VerifiedName).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.OpenSteps).HasMaxLength(ColumnLengths.Unlimited).IsRequired();
        builder.Property(row => row.Findings).HasMaxLength(ColumnLengths.Unlimited).IsRequired();
        builder.Property(row => row.Pins).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.Signals).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.Told).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.Syncs).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.Notices).HasMaxLength(ColumnLengths.Unlimited);
    }

    private static void ConfigureTimes(EntityTypeBuilder<PhoneNumberRow> builder)
    {
        builder.Property(row => row.TokenExpiresAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.TokenKeptUntil).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.TokenInspectedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.ListedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.SubscribedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.RegisteredAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.RefusedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.RunningSince).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.UnprovedSince).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.CreatedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.ConnectedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.DisconnectedAt).HasConversion<UtcTimeConverter>();
    }
}

/// <summary>
/// The column of <c>OneAccountPerNumber()</c>: the number's id while it is held, else null, and unique.
/// A filtered index would say the same, but its SQL differs by provider. Nulls do not collide (for SQL Server EF itself adds the filter).
/// </summary>
internal static class HeldNumber
{
    private const string Column = "HeldNumberId";

    public static void Configure(EntityTypeBuilder<PhoneNumberRow> builder)
    {
        builder.Property<string>(Column).HasMaxLength(ColumnLengths.GraphId).IsRequired(false);
        builder.HasIndex(Column).IsUnique();
    }

    public static bool IsIn(IReadOnlyModel model) => model.FindEntityType(typeof(PhoneNumberRow))?.FindProperty(Column) is not null;

    public static void Set(EntityEntry<PhoneNumberRow> row, bool isHeld)
    {
        if (row.Metadata.FindProperty(Column) is not null)
            row.Property<string?>(Column).CurrentValue = isHeld ? row.Entity.PhoneNumberId : null;
    }
}
