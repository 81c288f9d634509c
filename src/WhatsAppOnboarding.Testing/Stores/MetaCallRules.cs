using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class MetaCallRules
{
    private const string Kind = "contract";

    private const int Limit = 3;

    private static readonly TimeSpan Window = TimeSpan.FromHours(2);

    // Far in the past, so that a check on a database in use prunes nothing of anybody else.
    private static readonly DateTimeOffset LongAgo = new(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<StoreRule<StoreUnderCheck<IMetaCallLog>>> All =>
    [
        new("calls are granted up to the limit, and the next one is refused and leaves nothing behind", LimitAsync),
        new("a call leaves the window at its end", WindowAsync),
        new("ids and kinds are counted apart", ApartAsync),
        new("of many who come at once never more than the limit are granted", AtOnceAsync),
        new("a call is found from its very time on, by its own kind and id, as it was recorded", FoundAsync),
        new("without a limit every call is granted, and each one found", UnlimitedAsync),
        new("pruning removes what is older than a time and nothing else", PruneAsync),
    ];

    private static async Task LimitAsync(StoreUnderCheck<IMetaCallLog> log)
    {
        var id = Some.Number().ToString();
        for (var used = 1; used <= Limit; used++)
        {
            Expect.That(await log.TakeAsync(id, Some.Time.AddMinutes(used)).ConfigureAwait(false), $"call {used} to be granted");
            Expect.That(await log.CountAsync(id).ConfigureAwait(false) == used, $"{used} to be recorded");
        }

        for (var more = 0; more < 2; more++)
            Expect.That(!await log.TakeAsync(id, Some.Time.AddMinutes(9)).ConfigureAwait(false), "a refusal");
        var made = await log.FindAsync(Kind, Some.Time, id).ConfigureAwait(false);
        Expect.That(made.Select(call => call.At).Order().SequenceEqual(Enumerable.Range(1, Limit).Select(used => Some.Time.AddMinutes(used))), "what was granted and no more");
    }

    private static async Task WindowAsync(StoreUnderCheck<IMetaCallLog> log)
    {
        var id = Some.Number().ToString();
        for (var used = 0; used < Limit; used++)
            await log.TakeAsync(id, Some.Time.AddMinutes(used)).ConfigureAwait(false);
        var free = Some.Time + Window;
        Expect.That(!await log.TakeAsync(id, free.AddSeconds(-1)).ConfigureAwait(false), "no place before the end of the window");
        Expect.That(await log.TakeAsync(id, free).ConfigureAwait(false), "a place at the end of the window");
        Expect.That(!await log.TakeAsync(id, free).ConfigureAwait(false), "one place only");
    }

    private static async Task ApartAsync(StoreUnderCheck<IMetaCallLog> log)
    {
        var (id, other) = (Some.Number().ToString(), Some.Number().ToString());
        for (var used = 0; used < Limit; used++)
            await log.TakeAsync(id, Some.Time).ConfigureAwait(false);
        Expect.That(await log.TakeAsync(other, Some.Time).ConfigureAwait(false), "the other id to be free");
        Expect.That(await log.TakeAsync(id, Some.Time, "other").ConfigureAwait(false), "the other kind to be free");
        Expect.That(await log.CountAsync(other).ConfigureAwait(false) == 1);
    }

    private static async Task AtOnceAsync(StoreUnderCheck<IMetaCallLog> log)
    {
        for (var round = 0; round < 3; round++)
        {
            var id = Some.Number().ToString();
            var takes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => log.TakeAsync(id, Some.Time))).ConfigureAwait(false);
            var granted = takes.Count(take => take);
            Expect.That(granted <= Limit, $"at most {Limit} to be granted, found {granted}");
            var recorded = await log.CountAsync(id).ConfigureAwait(false);
            Expect.That(recorded == granted, $"what was granted to be recorded and nothing else, found {recorded} and {granted}");
        }
    }

    private static async Task FoundAsync(StoreUnderCheck<IMetaCallLog> log)
    {
        var (id, other) = (Some.Waba().ToString(), Some.Waba().ToString());
        var at = Some.Time.AddTicks(1234567);
        await log.TakeAsync(id, at).ConfigureAwait(false);
        var found = (await log.FindAsync(Kind, at, id, id, other).ConfigureAwait(false)).Single();
        Expect.That(found.Kind == Kind && found.Id == id && (found.At - at).Duration() <= TimeSpan.FromMicroseconds(1), $"the call, found {found}");
        Expect.That((await log.FindAsync(Kind, at.AddSeconds(1), id, other).ConfigureAwait(false)).Count == 0);
        Expect.That((await log.FindAsync("other", at, id).ConfigureAwait(false)).Count == 0);
        Expect.That((await log.FindAsync(Kind, at, other).ConfigureAwait(false)).Count == 0);
        Expect.That((await log.FindAsync(Kind, at).ConfigureAwait(false)).Count == 0);
    }

    private static async Task UnlimitedAsync(StoreUnderCheck<IMetaCallLog> log)
    {
        var id = Some.Waba().ToString();
        foreach (var minutes in new[] { 1, 0, 0, 0, 0 })
        {
            var call = new MetaCall { Kind = Kind, Id = id, At = Some.Time.AddMinutes(minutes) };
            Expect.That(await log.UseAsync((calls, token) => calls.TakeAsync(call, null, TimeSpan.Zero, token)).ConfigureAwait(false));
        }

        Expect.That((await log.FindAsync(Kind, Some.Time, id).ConfigureAwait(false)).Count == 5);
        Expect.That((await log.FindAsync(Kind, Some.Time.AddSeconds(30), id).ConfigureAwait(false)).Count == 1, "the latest, whatever came after it");
    }

    private static async Task PruneAsync(StoreUnderCheck<IMetaCallLog> log)
    {
        var (old, kept) = (Some.Number().ToString(), Some.Number().ToString());
        await log.TakeAsync(old, LongAgo.AddSeconds(-1)).ConfigureAwait(false);
        await log.TakeAsync(kept, LongAgo).ConfigureAwait(false);
        while (await log.UseAsync((calls, token) => calls.PruneAsync(LongAgo, token)).ConfigureAwait(false) > 0)
        {
        }

        Expect.That((await log.FindAsync(Kind, LongAgo.AddDays(-1), old, kept).ConfigureAwait(false)).Single().Id == kept);
        await log.UseAsync((calls, token) => calls.PruneAsync(LongAgo.AddTicks(10), token)).ConfigureAwait(false);
    }

    private static Task<bool> TakeAsync(this StoreUnderCheck<IMetaCallLog> log, string id, DateTimeOffset at, string kind = Kind) =>
        log.UseAsync((calls, token) => calls.TakeAsync(new MetaCall { Kind = kind, Id = id, At = at }, Limit, Window, token));

    private static Task<IReadOnlyList<MetaCall>> FindAsync(this StoreUnderCheck<IMetaCallLog> log, string kind, DateTimeOffset since, params string[] ids) =>
        log.UseAsync((calls, token) => calls.FindAsync(kind, ids, since, token));

    private static async Task<int> CountAsync(this StoreUnderCheck<IMetaCallLog> log, string id) =>
        (await log.FindAsync(Kind, Some.Time, id).ConfigureAwait(false)).Count;
}
