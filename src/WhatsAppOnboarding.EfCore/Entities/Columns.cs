using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace WhatsAppOnboarding.EfCore.Entities;

/// <summary>How long columns are. Said for every text column, so that a host's convention for all strings does not cut them.</summary>
internal static class ColumnLengths
{
    public const int GraphId = 32;

    public const int Word = 64;

    public const int Hash = 64;

    public const int Item = 200;

    /// <summary>EF's word for "as long as the database allows".</summary>
    public const int Unlimited = -1;
}

/// <summary>Whole microseconds in UTC, the finest that PostgreSQL keeps; cut before saving, so that what was written equals what is read.</summary>
internal static class UtcTime
{
    public static DateTimeOffset Cut(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }

    public static DateTimeOffset? Cut(DateTimeOffset? time) => time is { } given ? Cut(given) : null;
}

/// <summary>
/// Keeps a time as a UTC <see cref="DateTime"/>: what every provider can compare and sort (SQLite cannot do so with DateTimeOffset)
/// and what people can read in the table.
/// </summary>
internal sealed class UtcTimeConverter() : ValueConverter<DateTimeOffset, DateTime>(
    time => time.UtcDateTime,
    stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));
