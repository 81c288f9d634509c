namespace WhatsAppOnboarding.Testing.Webhooks;

/// <summary>Meta: tried again at once, then at falling frequency, for 36 hours (another page of Meta's says 7 days). The steps are a guess.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromHours(36);

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
        TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8),
    ];

    /// <summary>When to try again after so many failed attempts, or null to give up.</summary>
    public static DateTimeOffset? Next(DateTimeOffset createdAt, int failures, DateTimeOffset now)
    {
        var next = now + Waits[Math.Min(failures, Waits.Length) - 1];
        return next <= createdAt + GivenUpAfter ? next : null;
    }
}
