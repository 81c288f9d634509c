using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.EfCore.Entities;

/// <summary>A part of a delivery that is taken and not done.</summary>
internal class InboxRow
{
    /// <summary>By the database, in the order of the commits: the order of arrival.</summary>
    public long Id { get; init; }

    public required int Shard { get; init; }

    public required string Lane { get; init; }

    public required string Number { get; init; }

    public required bool IsNotice { get; init; }

    public required byte[] Body { get; init; }

    /// <summary>Of the body, in bytes.</summary>
    public required int Size { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public string? TraceParent { get; init; }

    /// <summary>Before this it is not worked.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The node that has it; null while it waits.</summary>
    public string? TakenBy { get; init; }

    /// <summary>How often it was taken since something came of it, this time included.</summary>
    public int Tries { get; init; }

    /// <summary>How often it failed.</summary>
    public int Failures { get; init; }

    public TakenDelivery ToDelivery() => new()
    {
        Body = Body,
        ReceivedAt = ReceivedAt,
        TraceParent = TraceParent,
        Lane = Lane,
        Number = Number,
        IsNotice = IsNotice,
        Tries = Tries,
    };
}

/// <summary>A node that works on what is taken.</summary>
internal class InboxNodeRow
{
    public required string Node { get; init; }

    /// <summary>Raised every second: who sees it stand still counts the node as gone. No two clocks are compared.</summary>
    public required long Beat { get; init; }
}

/// <summary>A part of the lanes, which one node works at a time.</summary>
internal class InboxShardRow
{
    public required int Shard { get; init; }

    public string? Node { get; init; }
}

internal sealed class InboxConfiguration(string? schema) : IEntityTypeConfiguration<InboxRow>, IEntityTypeConfiguration<InboxNodeRow>, IEntityTypeConfiguration<InboxShardRow>
{
    private const int Node = 32;
    private const int TraceParent = 64;

    public void Configure(EntityTypeBuilder<InboxRow> builder)
    {
        builder.ToTable("WhatsAppInbox", schema);
        builder.HasKey(row => row.Id);

        // What comes first is looked for by itself; all else is read in order.
        builder.HasIndex(row => new { row.IsNotice, row.DueAt });

        builder.Property(row => row.Id).ValueGeneratedOnAdd();
        builder.Property(row => row.Shard);
        builder.Property(row => row.Lane).HasMaxLength(TakenDelivery.MaxKey).IsRequired();
        builder.Property(row => row.Number).HasMaxLength(TakenDelivery.MaxKey).IsRequired();
        builder.Property(row => row.IsNotice);
        builder.Property(row => row.Body).HasMaxLength(ColumnLengths.Unlimited).IsRequired();
        builder.Property(row => row.Size);
        builder.Property(row => row.ReceivedAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.TraceParent).HasMaxLength(TraceParent);
        builder.Property(row => row.DueAt).HasConversion<UtcTimeConverter>();
        builder.Property(row => row.TakenBy).HasMaxLength(Node);
        builder.Property(row => row.Tries);
        builder.Property(row => row.Failures);
    }

    public void Configure(EntityTypeBuilder<InboxNodeRow> builder)
    {
        builder.ToTable("WhatsAppInboxNodes", schema);
        builder.HasKey(row => row.Node);
        builder.Property(row => row.Node).HasMaxLength(Node).ValueGeneratedNever();
        builder.Property(row => row.Beat);
    }

    public void Configure(EntityTypeBuilder<InboxShardRow> builder)
    {
        builder.ToTable("WhatsAppInboxShards", schema);
        builder.HasKey(row => row.Shard);
        builder.Property(row => row.Shard).ValueGeneratedNever();
        builder.Property(row => row.Node).HasMaxLength(Node);
    }
}
