using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class AttemptRules
{
    public static IEnumerable<StoreRule<StoreUnderCheck<IConnectAttemptStore>>> All =>
    [
        new("the first to claim a state gets its own attempt, everybody else gets that one too", ClaimAsync),
        new("of many who claim at once one is first", ClaimAtOnceAsync),
        new("every field comes back as it was saved", EveryFieldAsync),
        new("steps are written while an attempt runs, and not after its end", NoteAsync),
        new("an account's attempts are listed newest first, and no others; or those of all since a time", ListAsync),
        new("what waits for a choice is wiped for its account, or when its time is over, and nothing else changes", WipeAsync),
        new("what is to be undone is taken once when it is due, and wiped when it is done", UndoRules.CheckAsync),
        new("the first outcome stays", FirstOutcomeAsync),
        new("of many who end at once one outcome stays, and all are told it", EndAtOnceAsync),
        new("an attempt is found by its own account only", OwnAccountAsync),
        new("pruning removes what was claimed before a time and nothing else", PruneAsync),
        .. StartRules.All,
        new("an erased account has no attempts, and a late end brings none back", EraseAsync),
    ];

    private static AttemptStep Exchange => new() { Step = "exchange", EndedAt = Some.Time, Milliseconds = 120, Result = "ok" };

    private static async Task ClaimAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        var first = Some.Attempt(Some.Account());
        var second = Some.Attempt(Some.Account()) with { StateHash = first.StateHash };
        Expect.That((await store.ClaimAsync(first).ConfigureAwait(false)).Id == first.Id);
        Expect.That((await store.ClaimAsync(second).ConfigureAwait(false)).Id == first.Id);
        Expect.That(await store.FindAsync(second.AccountId, second.Id).ConfigureAwait(false) is null);
    }

    private static async Task ClaimAtOnceAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        var one = Some.Attempt(Some.Account());
        var claims = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => store.ClaimAsync(one with { Id = Guid.NewGuid() }))).ConfigureAwait(false);
        Expect.That(claims.Select(claim => claim.Id).Distinct().Count() == 1);
    }

    private static async Task EveryFieldAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        var claimed = Some.Attempt(Some.Account());
        ExpectSame(await store.ClaimAsync(claimed).ConfigureAwait(false), claimed);
        var ended = claimed with
        {
            EndedAt = Some.Time.AddSeconds(3),
            Outcome = "connected",
            PhoneCount = 61,
            Steps = [Exchange, Exchange with { Step = "list", Milliseconds = 9, Result = "throttled", WabaId = "123", MetaCode = 4, MetaTraceId = "trace", Detail = "FINISH" }],
            WaitingGrant = new SealedSecret("sealed"),
            WaitsUntil = Some.Time.AddMinutes(25),
            UndoToken = new SealedSecret("undo"),
            UndoAt = Some.Time.AddMinutes(3),
        };
        ExpectSame(await store.UpdateAsync(ended).ConfigureAwait(false), ended);
        ExpectSame(await store.FindAsync(ended.AccountId, ended.Id).ConfigureAwait(false), ended);
        ExpectSame(await store.ClaimAsync(claimed with { Id = Guid.NewGuid() }).ConfigureAwait(false), ended);
    }

    private static async Task NoteAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        var claimed = await store.ClaimAsync(Some.Attempt(Some.Account())).ConfigureAwait(false);
        var running = claimed with { Steps = [Exchange] };
        await store.UpdateAsync(running).ConfigureAwait(false);
        ExpectSame(await store.FindAsync(claimed.AccountId, claimed.Id).ConfigureAwait(false), running);

        var ended = Ended(running, "connected");
        await store.UpdateAsync(ended).ConfigureAwait(false);
        await store.UpdateAsync(claimed).ConfigureAwait(false);
        ExpectSame(await store.FindAsync(claimed.AccountId, claimed.Id).ConfigureAwait(false), ended);
    }

    private static async Task ListAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        var account = Some.Account();
        var (older, newer) = (Some.Attempt(account, Some.Time), Some.Attempt(account, Some.Time.AddSeconds(1)));
        await store.ClaimAsync(older).ConfigureAwait(false);
        await store.ClaimAsync(newer).ConfigureAwait(false);
        await store.ClaimAsync(Some.Attempt(Some.Account())).ConfigureAwait(false);
        Expect.That((await store.ListAsync(account, null, 10).ConfigureAwait(false)).Select(attempt => attempt.Id).SequenceEqual([newer.Id, older.Id]));
        Expect.That((await store.ListAsync(account, null, 1).ConfigureAwait(false)).Single().Id == newer.Id);

        // Far in the future, so that on a database in use these come first.
        var (last, since) = (Some.Attempt(account, Some.Time.AddYears(50)), Some.Time.AddYears(50));
        var other = Some.Attempt(Some.Account(), since.AddSeconds(1));
        await store.ClaimAsync(last).ConfigureAwait(false);
        await store.ClaimAsync(other).ConfigureAwait(false);
        var all = await store.ListAsync(null, since, 300).ConfigureAwait(false);
        Expect.That(all.Select(attempt => attempt.Id).Where(id => id == last.Id || id == other.Id).SequenceEqual([other.Id, last.Id]));
        Expect.That(all.All(attempt => attempt.ClaimedAt >= since), "nothing that was claimed before");
        await store.EraseAsync(account).ConfigureAwait(false);
        await store.EraseAsync(other.AccountId).ConfigureAwait(false);
    }

    private static async Task WipeAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        // Far in the past, so that a check on a database in use wipes nothing of anybody else.
        var limit = new DateTimeOffset(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var due = await WaitingAsync(store, limit).ConfigureAwait(false);
        var later = await WaitingAsync(store, limit.AddSeconds(1)).ConfigureAwait(false);
        await store.PruneAsync(limit, limit.AddYears(-1)).ConfigureAwait(false);
        ExpectSame(await store.FindAsync(due.AccountId, due.Id).ConfigureAwait(false), due with { WaitingGrant = null, WaitsUntil = null });
        ExpectSame(await store.FindAsync(later.AccountId, later.Id).ConfigureAwait(false), later);

        await store.WipeAsync(Some.Account(), later.Id).ConfigureAwait(false);
        ExpectSame(await store.FindAsync(later.AccountId, later.Id).ConfigureAwait(false), later);
        await store.WipeAsync(later.AccountId, later.Id).ConfigureAwait(false);
        ExpectSame(await store.FindAsync(later.AccountId, later.Id).ConfigureAwait(false), later with { WaitingGrant = null, WaitsUntil = null });
    }

    private static async Task<ConnectAttempt> WaitingAsync(StoreUnderCheck<IConnectAttemptStore> store, DateTimeOffset until)
    {
        var claimed = await store.ClaimAsync(Some.Attempt(Some.Account())).ConfigureAwait(false);
        return await store.UpdateAsync(Ended(claimed, "choose") with { WaitingGrant = new SealedSecret("sealed"), WaitsUntil = until }).ConfigureAwait(false);
    }

    private static async Task FirstOutcomeAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        var claimed = await store.ClaimAsync(Some.Attempt(Some.Account())).ConfigureAwait(false);
        await store.UpdateAsync(Ended(claimed, "connected")).ConfigureAwait(false);
        Expect.That((await store.UpdateAsync(Ended(claimed, "interrupted")).ConfigureAwait(false)).Outcome == "connected");
        Expect.That((await store.FindAsync(claimed.AccountId, claimed.Id).ConfigureAwait(false))?.Outcome == "connected");
    }

    private static async Task EndAtOnceAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        var claimed = await store.ClaimAsync(Some.Attempt(Some.Account())).ConfigureAwait(false);
        var ends = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => store.UpdateAsync(Ended(claimed, $"outcome_{n}")))).ConfigureAwait(false);
        Expect.That(ends.Select(end => end.Outcome).Distinct().Count() == 1);
    }

    private static async Task OwnAccountAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        var claimed = await store.ClaimAsync(Some.Attempt(Some.Account())).ConfigureAwait(false);
        Expect.That((await store.FindAsync(claimed.AccountId, claimed.Id).ConfigureAwait(false))?.StateHash == claimed.StateHash);
        Expect.That(await store.FindAsync(Some.Account(), claimed.Id).ConfigureAwait(false) is null);
        Expect.That(await store.FindAsync(claimed.AccountId, Guid.NewGuid()).ConfigureAwait(false) is null);
    }

    private static async Task PruneAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        // Far in the past, so that a check on a database in use prunes nothing of anybody else.
        var limit = new DateTimeOffset(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var (old, kept) = (Some.Attempt(Some.Account(), limit.AddSeconds(-1)), Some.Attempt(Some.Account(), limit));
        await store.ClaimAsync(old).ConfigureAwait(false);
        await store.ClaimAsync(kept).ConfigureAwait(false);
        await store.PruneAsync(limit.AddYears(-1), limit).ConfigureAwait(false);
        Expect.That(await store.FindAsync(old.AccountId, old.Id).ConfigureAwait(false) is null);
        Expect.That(await store.FindAsync(kept.AccountId, kept.Id).ConfigureAwait(false) is not null);
        await store.EraseAsync(kept.AccountId).ConfigureAwait(false);
    }

    private static async Task EraseAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        var (gone, kept) = (Some.Attempt(Some.Account()), Some.Attempt(Some.Account()));
        await store.ClaimAsync(gone).ConfigureAwait(false);
        await store.ClaimAsync(kept).ConfigureAwait(false);
        await store.EraseAsync(gone.AccountId).ConfigureAwait(false);
        await store.UpdateAsync(Ended(gone, "connected")).ConfigureAwait(false);
        Expect.That(await store.FindAsync(gone.AccountId, gone.Id).ConfigureAwait(false) is null);
        Expect.That(await store.FindAsync(kept.AccountId, kept.Id).ConfigureAwait(false) is not null);
    }

    private static ConnectAttempt Ended(ConnectAttempt attempt, string outcome) => attempt with { Outcome = outcome, EndedAt = Some.Time };

    private static void ExpectSame(ConnectAttempt? read, ConnectAttempt saved)
    {
        Expect.That(read is not null && read.Steps.SequenceEqual(saved.Steps), $"the steps of {saved}, found {read}");
        Expect.That(read! with { Steps = saved.Steps } == saved, $"{saved}, found {read}");
    }

    private static Task<ConnectAttempt> ClaimAsync(this StoreUnderCheck<IConnectAttemptStore> store, ConnectAttempt attempt) =>
        store.UseAsync((attempts, token) => attempts.ClaimAsync(attempt, token));

    private static Task<ConnectAttempt> UpdateAsync(this StoreUnderCheck<IConnectAttemptStore> store, ConnectAttempt attempt) =>
        store.UseAsync((attempts, token) => attempts.UpdateAsync(attempt, token));

    private static Task<ConnectAttempt?> FindAsync(this StoreUnderCheck<IConnectAttemptStore> store, AccountId account, Guid id) =>
        store.UseAsync((attempts, token) => attempts.FindAsync(account, id, token));

    private static Task<IReadOnlyList<ConnectAttempt>> ListAsync(this StoreUnderCheck<IConnectAttemptStore> store, AccountId? account, DateTimeOffset? claimedSince, int max) =>
        store.UseAsync((attempts, token) => attempts.ListAsync(account, claimedSince, max, token));

    private static Task WipeAsync(this StoreUnderCheck<IConnectAttemptStore> store, AccountId account, Guid id) =>
        store.DoAsync((attempts, token) => attempts.WipeAsync(account, id, token));

    private static Task<int> PruneAsync(this StoreUnderCheck<IConnectAttemptStore> store, DateTimeOffset waitedUntil, DateTimeOffset claimedBefore) =>
        store.UseAsync((attempts, token) => attempts.PruneAsync(waitedUntil, claimedBefore, token));

    private static Task EraseAsync(this StoreUnderCheck<IConnectAttemptStore> store, AccountId account) =>
        store.DoAsync((attempts, token) => attempts.EraseAsync(account, token));
}
