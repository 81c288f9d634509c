using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace WhatsAppOnboarding.EfCore.Entities;

/// <summary>
/// Keeps a time as a UTC <see cref="DateTime"/>: what every provider can compare and sort (SQLite cannot do so with DateTimeOffset)
/// and what people can read in the table.
/// </summary>
internal sealed class UtcTimeConverter() : ValueConverter<DateTimeOffset, DateTime>(
    time => time.UtcDateTime,
    stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));
