using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class BudgetRules
{
    private static readonly NumberCallLimit Limit = new("contract", 3, TimeSpan.FromHours(2));

    public static IEnumerable<StoreRule<BudgetUnderCheck>> All =>
    [
        new("calls are granted up to the limit, and the next one is refused and not counted", LimitAsync),
        new("a call leaves the window at its end, and it is told when", WindowAsync),
        new("numbers and kinds are counted apart", ApartAsync),
        new("reading counts nothing", ReadingAsync),
        new("of many who come at once never more than the limit are granted", AtOnceAsync),
        new("pruning removes what is older than a time and nothing else", PruneAsync),
    ];

    private static async Task LimitAsync(BudgetUnderCheck budget)
    {
        var number = Some.Number();
        for (var used = 1; used <= Limit.Limit; used++)
        {
            var taken = await budget.TakeAsync(number, Limit, Some.Time.AddMinutes(used)).ConfigureAwait(false);
            Expect.That(taken.IsGranted && taken.Used == used && taken.Limit == Limit.Limit, $"call {used} to be granted, found {taken}");
            Expect.That(taken.NextAt == (used < Limit.Limit ? null : Some.Time.AddMinutes(1) + Limit.Window), $"the next time, found {taken}");
        }

        for (var more = 0; more < 2; more++)
        {
            var refused = await budget.TakeAsync(number, Limit, Some.Time.AddMinutes(9)).ConfigureAwait(false);
            Expect.That(refused == new NumberAllowance(false, Limit.Limit, Limit.Limit, Some.Time.AddMinutes(1) + Limit.Window), $"a refusal, found {refused}");
        }
    }

    private static async Task WindowAsync(BudgetUnderCheck budget)
    {
        var number = Some.Number();
        for (var used = 0; used < Limit.Limit; used++)
            await budget.TakeAsync(number, Limit, Some.Time.AddMinutes(used)).ConfigureAwait(false);
        var free = Some.Time + Limit.Window;
        Expect.That(!(await budget.TakeAsync(number, Limit, free.AddSeconds(-1)).ConfigureAwait(false)).IsGranted);
        var again = await budget.TakeAsync(number, Limit, free).ConfigureAwait(false);
        Expect.That(again.IsGranted && again.Used == Limit.Limit && again.NextAt == Some.Time.AddMinutes(1) + Limit.Window, $"a free place, found {again}");
    }

    private static async Task ApartAsync(BudgetUnderCheck budget)
    {
        var (number, other) = (Some.Number(), Some.Number());
        for (var used = 0; used < Limit.Limit; used++)
            await budget.TakeAsync(number, Limit, Some.Time).ConfigureAwait(false);
        Expect.That((await budget.TakeAsync(other, Limit, Some.Time).ConfigureAwait(false)) is { IsGranted: true, Used: 1 });
        Expect.That((await budget.TakeAsync(number, Limit with { Kind = "other" }, Some.Time).ConfigureAwait(false)) is { IsGranted: true, Used: 1 });
    }

    private static async Task ReadingAsync(BudgetUnderCheck budget)
    {
        var number = Some.Number();
        Expect.That(await budget.ReadAsync(number, Limit, Some.Time).ConfigureAwait(false) == new NumberAllowance(true, 0, Limit.Limit, null));
        for (var used = 0; used < Limit.Limit; used++)
            await budget.TakeAsync(number, Limit, Some.Time).ConfigureAwait(false);
        for (var again = 0; again < 2; again++)
        {
            var read = await budget.ReadAsync(number, Limit, Some.Time.AddMinutes(1)).ConfigureAwait(false);
            Expect.That(read == new NumberAllowance(false, Limit.Limit, Limit.Limit, Some.Time + Limit.Window), $"the full budget, found {read}");
        }
    }

    private static async Task AtOnceAsync(BudgetUnderCheck budget)
    {
        for (var round = 0; round < 3; round++)
        {
            var number = Some.Number();
            var takes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => budget.TakeAsync(number, Limit, Some.Time))).ConfigureAwait(false);
            var granted = takes.Count(take => take.IsGranted);
            Expect.That(granted <= Limit.Limit, $"at most {Limit.Limit} to be granted, found {granted}");
            var read = await budget.ReadAsync(number, Limit, Some.Time).ConfigureAwait(false);
            Expect.That(read.Used == granted, $"what was granted to be counted and nothing else, found {read} and {granted}");
        }
    }

    private static async Task PruneAsync(BudgetUnderCheck budget)
    {
        // Far in the past, so that a check on a database in use prunes nothing of anybody else.
        var limit = new DateTimeOffset(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var (old, kept) = (Some.Number(), Some.Number());
        await budget.TakeAsync(old, Limit, limit.AddSeconds(-1)).ConfigureAwait(false);
        await budget.TakeAsync(kept, Limit, limit).ConfigureAwait(false);
        while (await budget.PruneAsync(limit).ConfigureAwait(false) > 0)
        {
        }

        Expect.That((await budget.ReadAsync(old, Limit, limit).ConfigureAwait(false)).Used == 0);
        Expect.That((await budget.ReadAsync(kept, Limit, limit).ConfigureAwait(false)).Used == 1);
        await budget.PruneAsync(limit.AddTicks(10)).ConfigureAwait(false);
    }
}
