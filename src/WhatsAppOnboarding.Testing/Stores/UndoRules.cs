using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

/// <summary>The rule of what an attempt leaves to be undone.</summary>
internal static class UndoRules
{
    public static async Task CheckAsync(StoreUnderCheck<IConnectAttemptStore> store)
    {
        // So long ago that no other is due wherever the check runs.
        var due = Some.Time.AddYears(-50);
        var claimed = await store.UseAsync((attempts, token) => attempts.ClaimAsync(Some.Attempt(Some.Account()), token)).ConfigureAwait(false);
        await store.UseAsync((attempts, token) => attempts.UpdateAsync(claimed with { UndoToken = new SealedSecret("undo"), UndoAt = due }, token)).ConfigureAwait(false);
        Expect.That((await TakeAsync(due.AddSeconds(-1)).ConfigureAwait(false)).Length == 0);

        var takes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TakeAsync(due))).ConfigureAwait(false);
        var taken = takes.SelectMany(some => some).Single();
        Expect.That(taken.UndoToken == new SealedSecret("undo") && taken.UndoAt == due.AddMinutes(1));
        Expect.That((await TakeAsync(due.AddMinutes(1)).ConfigureAwait(false)).Length == 1, "somebody else, when the taker did not end");

        await store.UseAsync((attempts, token) => attempts.UpdateAsync(taken with { EndedAt = Some.Time, Outcome = "interrupted" }, token)).ConfigureAwait(false);
        await store.DoAsync((attempts, token) => attempts.SetUndoAsync(claimed.Id, due.AddHours(1), token)).ConfigureAwait(false);
        Expect.That((await store.UseAsync((attempts, token) => attempts.FindAsync(claimed.AccountId, claimed.Id, token)).ConfigureAwait(false)) is { UndoToken: not null, Outcome: "interrupted" } later && later.UndoAt == due.AddHours(1));
        await store.DoAsync((attempts, token) => attempts.SetUndoAsync(claimed.Id, null, token)).ConfigureAwait(false);
        Expect.That((await store.UseAsync((attempts, token) => attempts.FindAsync(claimed.AccountId, claimed.Id, token)).ConfigureAwait(false)) is { UndoToken: null, UndoAt: null, Outcome: "interrupted" });

        async Task<ConnectAttempt[]> TakeAsync(DateTimeOffset now) =>
            [.. (await store.UseAsync((attempts, token) => attempts.TakeUndoneAsync(now, now.AddMinutes(1), 100, token)).ConfigureAwait(false)).Where(attempt => attempt.Id == claimed.Id)];
    }
}
