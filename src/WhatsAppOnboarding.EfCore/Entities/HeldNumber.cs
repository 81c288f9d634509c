using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WhatsAppOnboarding.EfCore.Entities;

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
