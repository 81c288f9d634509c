namespace WhatsAppOnboarding.Testing.Stores;

internal static class ReleaseRules
{
    public static IEnumerable<StoreRule<ReleasesUnderCheck>> All =>
    [
        new("a release is found from its very time on, for its own WABA", FoundAsync),
        new("the latest of several releases counts, and a WABA is answered once", LatestAsync),
        new("pruning removes what is older than a time and nothing else", PruneAsync),
    ];

    private static async Task FoundAsync(ReleasesUnderCheck log)
    {
        var (released, other) = (Some.Waba(), Some.Waba());
        var at = Some.Time.AddTicks(1234567);
        await log.RecordAsync(released, at).ConfigureAwait(false);
        Expect.That((await log.FindSinceAsync(at, released, other).ConfigureAwait(false)).SequenceEqual([released]));
        Expect.That((await log.FindSinceAsync(at.AddSeconds(1), released, other).ConfigureAwait(false)).Count == 0);
        Expect.That((await log.FindSinceAsync(at, other).ConfigureAwait(false)).Count == 0);
        Expect.That((await log.FindSinceAsync(at).ConfigureAwait(false)).Count == 0);
    }

    private static async Task LatestAsync(ReleasesUnderCheck log)
    {
        var waba = Some.Waba();
        await log.RecordAsync(waba, Some.Time.AddMinutes(1)).ConfigureAwait(false);
        await log.RecordAsync(waba, Some.Time).ConfigureAwait(false);
        Expect.That((await log.FindSinceAsync(Some.Time, waba, waba).ConfigureAwait(false)).SequenceEqual([waba]));
        Expect.That((await log.FindSinceAsync(Some.Time.AddSeconds(30), waba).ConfigureAwait(false)).SequenceEqual([waba]));
    }

    private static async Task PruneAsync(ReleasesUnderCheck log)
    {
        // Far in the past, so that a check on a database in use prunes nothing of anybody else.
        var limit = new DateTimeOffset(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var (old, kept) = (Some.Waba(), Some.Waba());
        await log.RecordAsync(old, limit.AddSeconds(-1)).ConfigureAwait(false);
        await log.RecordAsync(kept, limit).ConfigureAwait(false);
        await log.PruneAsync(limit).ConfigureAwait(false);
        Expect.That((await log.FindSinceAsync(limit.AddDays(-1), old, kept).ConfigureAwait(false)).SequenceEqual([kept]));
    }
}
