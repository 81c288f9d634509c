using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class DueRules
{
    public static IEnumerable<StoreRule<NumbersUnderCheck>> All =>
    [
        new("an account is due when its numbers say so, and with each write anew", DueAsync),
        new("an account that is due is taken once, and again when the taker did not end in time", TakeAsync),
        new("of several who ask at once one gets an account", TakeOnceAsync),
        new("an account that is set aside is due when it was said", PostponeAsync),
        new("after a restore every number that keeps a token is marked, and its account is due at another version", MarkAsync),
    ];

    // So long ago that no other is due wherever the check runs.
    private static DateTimeOffset Long { get; } = Some.Time.AddYears(-50);

    private static async Task DueAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var write = await store.WriteAsync(account, Due(account, Long.AddHours(1)), Due(account, Long)).ConfigureAwait(false);
        Expect.That(write.After.Reference.DueAt == Long);
        Expect.That((await store.ReadAsync(account).ConfigureAwait(false)).Reference.DueAt == Long);
        await store.WriteAsync(account, [.. write.After.Numbers.Select(Some.Disconnected)]).ConfigureAwait(false);
        Expect.That((await store.ReadAsync(account).ConfigureAwait(false)).Reference.DueAt is null);
        await store.EraseAsync(account).ConfigureAwait(false);
    }

    private static async Task TakeAsync(NumbersUnderCheck store)
    {
        var (due, later) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        await store.WriteAsync(due, Due(due, Long)).ConfigureAwait(false);
        await store.WriteAsync(later, Due(later, Long.AddHours(2))).ConfigureAwait(false);
        var until = Long.AddMinutes(5);

        var taken = await store.TakeDueAsync(Long, until).ConfigureAwait(false);
        Expect.That(taken.Count(account => account == due) == 1 && !taken.Contains(later));
        Expect.That(!(await store.TakeDueAsync(until.AddSeconds(-1), until).ConfigureAwait(false)).Contains(due), "nobody else before the taker had its time");
        Expect.That((await store.TakeDueAsync(until, until.AddMinutes(5)).ConfigureAwait(false)).Contains(due), "somebody else after it");
        Expect.That((await store.ReadAsync(due).ConfigureAwait(false)).Reference is { Version: 1 }, "no version raised by that");
        await EraseAsync(store, due, later).ConfigureAwait(false);
    }

    private static async Task TakeOnceAsync(NumbersUnderCheck store)
    {
        AccountId[] accounts = [.. await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => store.NewAccountAsync())).ConfigureAwait(false)];
        foreach (var account in accounts)
            await store.WriteAsync(account, Due(account, Long)).ConfigureAwait(false);
        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.TakeDueAsync(Long, Long.AddMinutes(5)))).ConfigureAwait(false);
        Expect.That(taken.SelectMany(some => some).Where(accounts.Contains).GroupBy(account => account).All(times => times.Count() == 1), "none taken twice");
        var rest = await store.TakeDueAsync(Long, Long.AddMinutes(5)).ConfigureAwait(false);
        Expect.That(taken.SelectMany(some => some).Concat(rest).Where(accounts.Contains).Count() == accounts.Length, "each taken in the end");
        Expect.That((await store.TakeDueAsync(Long.AddMinutes(5), Long.AddMinutes(9), 2).ConfigureAwait(false)).Count <= 2, "not more than were asked for");
        await EraseAsync(store, accounts).ConfigureAwait(false);
    }

    private static async Task PostponeAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        await store.PostponeAsync(account, Long).ConfigureAwait(false);
        Expect.That((await store.ReadAsync(account).ConfigureAwait(false)).Reference.Version == 0, "nothing to be made of an account that is not there");
        await store.WriteAsync(account, Due(account, Long)).ConfigureAwait(false);
        await store.PostponeAsync(account, Long.AddHours(1)).ConfigureAwait(false);
        Expect.That(!(await store.TakeDueAsync(Long, Long).ConfigureAwait(false)).Contains(account));
        Expect.That((await store.TakeDueAsync(Long.AddHours(1), Long.AddHours(2)).ConfigureAwait(false)).Contains(account));
        await EraseAsync(store, account).ConfigureAwait(false);
    }

    private static async Task MarkAsync(NumbersUnderCheck store)
    {
        var (account, later) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        PhoneNumber[] numbers =
        [
            Old(account),
            Old(account) with { State = NumberState.Paused },
            Some.Disconnected(Old(account)) with { Token = new SealedSecret("leaving"), TokenKeptUntil = Some.Time },
            Some.Disconnected(Old(account)),
            Some.Connected(account),
        ];
        await store.WriteAsync(account, numbers).ConfigureAwait(false);
        await store.WriteAsync(later, Some.Connected(later)).ConfigureAwait(false);
        var (before, refused) = (await store.CountUnprovedAsync().ConfigureAwait(false), numbers[0] with { UnprovedSince = Long, Evidence = new NumberEvidence { RefusedAt = Long.AddSeconds(1) } });

        Expect.That(await store.MarkUnprovedAsync(Long).ConfigureAwait(false) >= 3);

        var marked = await store.ReadAsync(account).ConfigureAwait(false);
        Expect.That(numbers.Select(number => marked.Find(number.PhoneNumberId)!.UnprovedSince).SequenceEqual([Long, Long, Long, null, null]), "those with a token, connected by then");
        Expect.That(marked.Reference is { Version: 2 } reference && reference.DueAt == Long);
        Expect.That((await store.FindHeldAsync(numbers[0].PhoneNumberId).ConfigureAwait(false)).Single().UnprovedSince == Long);
        Expect.That(await store.ReadAsync(later).ConfigureAwait(false) is { Reference.Version: 1 } other && other.Numbers.Single().UnprovedSince is null);
        Expect.That(await store.CountUnprovedAsync().ConfigureAwait(false) - before >= 2, "both that are held are counted");
        await store.WriteAsync(account, refused, numbers[1]).ConfigureAwait(false);
        Expect.That((await store.ReadAsync(account).ConfigureAwait(false)).Find(numbers[1].PhoneNumberId)!.UnprovedSince is null, "a write takes the mark away");

        await EraseAsync(store, account, later).ConfigureAwait(false);
    }

    private static PhoneNumber Old(AccountId account) => Some.Connected(account) with { CreatedAt = Long, ConnectedAt = Long };

    private static async Task EraseAsync(NumbersUnderCheck store, params AccountId[] accounts)
    {
        foreach (var account in accounts)
            await store.EraseAsync(account).ConfigureAwait(false);
    }

    private static PhoneNumber Due(AccountId account, DateTimeOffset at) => Some.Connected(account) with { Evidence = new NumberEvidence { NextCheckAt = at } };
}
