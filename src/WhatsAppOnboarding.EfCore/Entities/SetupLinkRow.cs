using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.EfCore.Entities;

internal class SetupLinkRow
{
    public required Guid Id { get; init; }

    public required string UrlHash { get; init; }

    public required string AccountId { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public string? Language { get; init; }

    public string? ExpectedNumber { get; init; }

    public string? Expect { get; init; }

    public string? ReturnUrl { get; init; }

    public string? Label { get; init; }

    public string? Creator { get; init; }

    public string? BrowserHash { get; init; }

    public DateTimeOffset? PressedAt { get; init; }

    public Guid? AttemptId { get; init; }

    public DateTimeOffset? UsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public string? RevokedBy { get; init; }

    public long Version { get; init; }
}

internal sealed class SetupLinkConfiguration(string? schema) : IEntityTypeConfiguration<SetupLinkRow>
{
    public void Configure(EntityTypeBuilder<SetupLinkRow> builder)
    {
        builder.ToTable("WhatsAppSetupLinks", schema);
        builder.HasKey(row => row.Id);
        builder.HasIndex(row => row.UrlHash).IsUnique();
        builder.HasIndex(row => row.AccountId);
        builder.HasIndex(row => row.ExpiresAt);

        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.UrlHash).HasMaxLength(ColumnLengths.Hash).IsRequired();
        builder.Property(row => row.AccountId).HasMaxLength(AccountId.MaxLength).IsRequired();
        builder.Property(row => row.Kind).HasMaxLength(ColumnLengths.Word).IsRequired();
        builder.Property(row => row.CreatedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.ExpiresAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.Language).HasMaxLength(ColumnLengths.Word);
        builder.Property(row => row.ExpectedNumber).HasMaxLength(ColumnLengths.Item);
        builder.Property(row => row.Expect).HasMaxLength(ColumnLengths.Word);
        builder.Property(row => row.ReturnUrl).HasMaxLength(ColumnLengths.Unlimited);
        builder.Property(row => row.Label).HasMaxLength(ColumnLengths.Item);
        builder.Property(row => row.Creator).HasMaxLength(ColumnLengths.Item);
        builder.Property(row => row.BrowserHash).HasMaxLength(ColumnLengths.Hash);
        builder.Property(row => row.PressedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.AttemptId);
        builder.Property(row => row.UsedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.RevokedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.RevokedBy).HasMaxLength(ColumnLengths.Item);
        builder.Property(row => row.Version);
    }
}

internal static class SetupLinkMapping
{
    public static StoredLink ToLink(this SetupLinkRow row) => new()
    {
        Link = new SetupLink
        {
            Id = row.Id,
            Kind = row.Kind,
            CreatedAt = row.CreatedAt,
            ExpiresAt = row.ExpiresAt,
            Language = row.Language,
            ExpectedNumber = row.ExpectedNumber,
            ReturnUrl = row.ReturnUrl,
            Label = row.Label,
            Creator = row.Creator,
            PressedAt = row.PressedAt,
            AttemptId = row.AttemptId,
            UsedAt = row.UsedAt,
            RevokedAt = row.RevokedAt,
            RevokedBy = row.RevokedBy,
        },
        AccountId = AccountId.Parse(row.AccountId),
        UrlHash = row.UrlHash,
        Expect = row.Expect,
        BrowserHash = row.BrowserHash,
        Version = row.Version,
    };

    public static SetupLinkRow ToRow(this StoredLink stored) => new()
    {
        Id = stored.Link.Id,
        UrlHash = stored.UrlHash,
        AccountId = stored.AccountId.ToString(),
        Kind = stored.Link.Kind,
        CreatedAt = UtcTime.Cut(stored.Link.CreatedAt),
        ExpiresAt = UtcTime.Cut(stored.Link.ExpiresAt),
        Language = stored.Link.Language,
        ExpectedNumber = stored.Link.ExpectedNumber,
        Expect = stored.Expect,
        ReturnUrl = stored.Link.ReturnUrl,
        Label = stored.Link.Label,
        Creator = stored.Link.Creator,
        BrowserHash = stored.BrowserHash,
        PressedAt = UtcTime.Cut(stored.Link.PressedAt),
        AttemptId = stored.Link.AttemptId,
        UsedAt = UtcTime.Cut(stored.Link.UsedAt),
        RevokedAt = UtcTime.Cut(stored.Link.RevokedAt),
        RevokedBy = stored.Link.RevokedBy,
        Version = stored.Version,
    };
}
