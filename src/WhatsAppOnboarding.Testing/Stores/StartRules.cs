using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

/// <summary>What attempts begin as: apart from their claim, and settled by it.</summary>
internal static class StartRules
{
    public static IEnumerable<StoreRule<StoreUnderCheck<IConnectAttemptStore>>> All =>
    [
        new("every field of a start comes back as it was saved, and signs and its end are written down for its own account only", NoteAsync),
        new("a start that fell silent is taken once when it is due, and one with an attempt never", SilentAsync),
        new("a start that is renewed goes on under its new id", RenewAsync),
        new("starts are listed newest first since a time, and attempts are found by their ids", ListAsync),
        new("old starts are pruned, and an erased account has none", RemoveAsync),
    ];

    private static StartedAttempt Start(AccountId? account = null, DateTimeOffset? at = null) => new()
    {
        Id = Guid.NewGuid(),
        AccountId = account ?? Some.Account(),
        Way = "popup",
        Language = "pt",
        StartedAt = at ?? Some.Time,
        SilentAt = (at ?? Some.Time).AddHours(1),
    };

    private static async Task NoteAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        var start = Start();
        await store.StartAsync(start).ConfigureAwait(false);
        Expect.That(await FindAsync(store, start.Id).ConfigureAwait(false) == start);

        await store.NoteSignAsync(Some.Account(), start.Id, Some.Time.AddMinutes(1), Some.Time.AddMinutes(4), true).ConfigureAwait(false);
        Expect.That(await FindAsync(store, start.Id).ConfigureAwait(false) == start, "another account's sign changes nothing");
        await store.NoteSignAsync(start.AccountId, start.Id, Some.Time.AddMinutes(1), Some.Time.AddMinutes(4), false).ConfigureAwait(false);
        await store.NoteSignAsync(start.AccountId, start.Id, Some.Time.AddMinutes(2), Some.Time.AddMinutes(5), true).ConfigureAwait(false);
        await store.NoteSignAsync(start.AccountId, start.Id, Some.Time.AddMinutes(3), Some.Time.AddMinutes(6), true).ConfigureAwait(false);
        var open = start with { LastSignAt = Some.Time.AddMinutes(3), SilentAt = Some.Time.AddMinutes(6), OpenedAt = Some.Time.AddMinutes(2) };
        Expect.That(await FindAsync(store, start.Id).ConfigureAwait(false) == open);

        Expect.That(!await store.EndStartAsync(Some.Account(), start.Id, "cancelled", null).ConfigureAwait(false), "another account's end changes nothing");
        Expect.That(await store.EndStartAsync(start.AccountId, start.Id, "cancelled", Some.Time.AddMinutes(9)).ConfigureAwait(false));
        Expect.That(!await store.EndStartAsync(start.AccountId, start.Id, "cancelled", null).ConfigureAwait(false), "the same end is no news");
        await store.NoteSignAsync(start.AccountId, start.Id, Some.Time.AddMinutes(8), Some.Time.AddMinutes(9), true).ConfigureAwait(false);
        Expect.That(await FindAsync(store, start.Id).ConfigureAwait(false) == open with { Outcome = "cancelled", SilentAt = null });
        Expect.That(!await store.EndStartAsync(start.AccountId, Guid.NewGuid(), "cancelled", null).ConfigureAwait(false), "what is not there cannot end");
    }

    private static async Task SilentAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        // Before all others, so that these are the first that are taken.
        var begin = Some.Time.AddYears(-50);
        var (silent, answered, alive) = (Start(at: begin), Start(at: begin), Start(at: begin.AddHours(1)));
        foreach (var start in (StartedAttempt[])[silent, answered, alive])
            await store.StartAsync(start).ConfigureAwait(false);
        await store.ClaimAsync(Some.Attempt(answered.AccountId) with { Id = answered.Id }).ConfigureAwait(false);

        var (now, until) = (begin.AddHours(1), begin.AddHours(1.1));
        Expect.That(!(await store.TakeSilentAsync(now.AddSeconds(-1), until, 100).ConfigureAwait(false)).Any(start => start.Id == silent.Id), "it is not due yet");
        var taken = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => store.TakeSilentAsync(now, until, 100))).ConfigureAwait(false);
        var mine = taken.SelectMany(some => some).Where(start => start.Id == silent.Id || start.Id == answered.Id || start.Id == alive.Id).ToArray();
        Expect.That(mine.Length == 1 && mine[0] == silent with { SilentAt = until });
        Expect.That((await FindAsync(store, answered.Id).ConfigureAwait(false))!.SilentAt is null, "its attempt has settled it");
        Expect.That((await store.TakeSilentAsync(until, until.AddHours(1), 100).ConfigureAwait(false)).Any(start => start.Id == silent.Id), "nobody has ended it, so it is taken again");
    }

    private static async Task RenewAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        var (start, renewed) = (Start(), Guid.NewGuid());
        await store.StartAsync(start).ConfigureAwait(false);
        await store.RenewStartAsync(Some.Account(), start.Id, Guid.NewGuid()).ConfigureAwait(false);
        Expect.That(await FindAsync(store, start.Id).ConfigureAwait(false) == start, "another account renews nothing");
        await store.RenewStartAsync(start.AccountId, start.Id, renewed).ConfigureAwait(false);
        await store.RenewStartAsync(start.AccountId, start.Id, renewed).ConfigureAwait(false);
        Expect.That(await FindAsync(store, start.Id).ConfigureAwait(false) is null);
        Expect.That(await FindAsync(store, renewed).ConfigureAwait(false) == start with { Id = renewed });
    }

    private static async Task ListAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        var account = Some.Account();
        StartedAttempt[] starts = [.. Enumerable.Range(0, 3).Select(minute => Start(account, Some.Time.AddYears(1).AddMinutes(minute)))];
        foreach (var start in starts)
            await store.StartAsync(start).ConfigureAwait(false);
        Guid[] listed = [.. (await store.ListStartsAsync(account, starts[1].StartedAt, 0, 1000).ConfigureAwait(false)).Select(start => start.Id)];
        Expect.That(listed.SequenceEqual([starts[2].Id, starts[1].Id]));
        Expect.That((await store.ListStartsAsync(null, starts[0].StartedAt, 1, 1).ConfigureAwait(false)).Count == 1);

        var (one, two) = (Some.Attempt(Some.Account()), Some.Attempt(Some.Account()));
        await store.ClaimAsync(one).ConfigureAwait(false);
        await store.ClaimAsync(two).ConfigureAwait(false);
        var found = await store.FindAllAsync([one.Id, two.Id, Guid.NewGuid()]).ConfigureAwait(false);
        Expect.That(found.Select(attempt => attempt.Id).ToHashSet().SetEquals([one.Id, two.Id]));
    }

    private static async Task RemoveAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        var (old, young, other) = (Start(at: Some.Time.AddDays(-40)), Start(), Start());
        foreach (var start in (StartedAttempt[])[old, young, other])
            await store.StartAsync(start).ConfigureAwait(false);
        while (await store.PruneAsync(Some.Time.AddDays(-60), Some.Time.AddDays(-30)).ConfigureAwait(false) > 0)
        {
        }

        Expect.That(await FindAsync(store, old.Id).ConfigureAwait(false) is null && await FindAsync(store, young.Id).ConfigureAwait(false) == young);
        await store.EraseAsync(young.AccountId).ConfigureAwait(false);
        Expect.That(await FindAsync(store, young.Id).ConfigureAwait(false) is null && await FindAsync(store, other.Id).ConfigureAwait(false) == other);
    }

    private static async Task<StartedAttempt?> FindAsync(StoreUnderCheck<IConnectAttemptStore> store, Guid id) =>
        (await store.ListStartsAsync(null, Some.Time.AddYears(-60), 0, 10_000).ConfigureAwait(false)).FirstOrDefault(start => start.Id == id);

    private static Task<ConnectAttempt> ClaimAsync(this StoreUnderCheck<IConnectAttemptStore> store, ConnectAttempt attempt) =>
        store.UseAsync((attempts, token) => attempts.ClaimAsync(attempt, token));

    private static Task StartAsync(this StoreUnderCheck<IConnectAttemptStore> store, StartedAttempt start) => store.DoAsync((attempts, token) => attempts.StartAsync(start, token));

    private static Task NoteSignAsync(this StoreUnderCheck<IConnectAttemptStore> store, AccountId account, Guid id, DateTimeOffset at, DateTimeOffset silentAt, bool isOpen) =>
        store.DoAsync((attempts, token) => attempts.NoteSignAsync(account, id, at, silentAt, isOpen, token));

    private static Task<bool> EndStartAsync(this StoreUnderCheck<IConnectAttemptStore> store, AccountId account, Guid id, string outcome, DateTimeOffset? silentAt) =>
        store.UseAsync((attempts, token) => attempts.EndStartAsync(account, id, outcome, silentAt, token));

    private static Task RenewStartAsync(this StoreUnderCheck<IConnectAttemptStore> store, AccountId account, Guid id, Guid renewed) =>
        store.DoAsync((attempts, token) => attempts.RenewStartAsync(account, id, renewed, token));

    private static Task<IReadOnlyList<StartedAttempt>> TakeSilentAsync(this StoreUnderCheck<IConnectAttemptStore> store, DateTimeOffset now, DateTimeOffset until, int max) =>
        store.UseAsync((attempts, token) => attempts.TakeSilentAsync(now, until, max, token));

    private static Task<IReadOnlyList<StartedAttempt>> ListStartsAsync(this StoreUnderCheck<IConnectAttemptStore> store, AccountId? account, DateTimeOffset since, int skip, int max) =>
        store.UseAsync((attempts, token) => attempts.ListStartsAsync(account, since, skip, max, token));

    private static Task<IReadOnlyList<ConnectAttempt>> FindAllAsync(this StoreUnderCheck<IConnectAttemptStore> store, IReadOnlyCollection<Guid> ids) =>
        store.UseAsync((attempts, token) => attempts.FindAllAsync(ids, token));

    private static Task<int> PruneAsync(this StoreUnderCheck<IConnectAttemptStore> store, DateTimeOffset waitedUntil, DateTimeOffset claimedBefore) =>
        store.UseAsync((attempts, token) => attempts.PruneAsync(waitedUntil, claimedBefore, token));

    private static Task EraseAsync(this StoreUnderCheck<IConnectAttemptStore> store, AccountId account) => store.DoAsync((attempts, token) => attempts.EraseAsync(account, token));
}
