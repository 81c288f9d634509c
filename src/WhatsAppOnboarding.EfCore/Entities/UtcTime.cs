namespace WhatsAppOnboarding.EfCore.Entities;

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
