namespace WhatsAppOnboarding.Testing.Stores;

internal static class RefusingRules
{
    public static IEnumerable<StoreRule<NumbersUnderCheck>> All =>
    [
        new("with SharedNumbers = Refuse a held number refuses the whole write, and is named", RefusedWholeAsync),
        new("with SharedNumbers = Refuse a lapsed claim never blocks", LapsedAsync),
        new("with SharedNumbers = Refuse one of many who come at once holds the number", OneOfManyAsync),
    ];

    private static async Task RefusedWholeAsync(NumbersUnderCheck store)
    {
        var (one, other) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        var mine = Some.Connected(one);
        await store.WriteAsync(one, mine).ConfigureAwait(false);
        var refused = await store.WriteAsync(other, Some.Connected(other), Some.Connected(other, mine.PhoneNumberId)).ConfigureAwait(false);
        Expect.That(!refused.Saved && refused.HeldElsewhere.SequenceEqual([mine.PhoneNumberId]));
        Expect.That(refused.After.Numbers.Count == 0 && refused.After.Reference.Version == 0);
        Expect.That((await store.ReadAsync(other).ConfigureAwait(false)).Reference.Version == 0);
        Expect.That((await store.ReadCopiesAsync(other).ConfigureAwait(false)).All(copy => copy is null));
        Expect.That((await store.WriteAsync(one, mine with { DisplayPhone = "still mine" }).ConfigureAwait(false)).Saved);
    }

    private static async Task LapsedAsync(NumbersUnderCheck store)
    {
        var (one, other) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        var mine = Some.Connected(one);
        var theirs = Some.Connected(other, mine.PhoneNumberId);
        await store.WriteAsync(one, mine).ConfigureAwait(false);
        await store.WriteAsync(one, Some.Disconnected(mine)).ConfigureAwait(false);
        Expect.That((await store.WriteAsync(other, theirs).ConfigureAwait(false)).Saved);
        Expect.That(!(await store.WriteAsync(one, mine).ConfigureAwait(false)).Saved);
        await store.EraseAsync(other).ConfigureAwait(false);
        Expect.That((await store.WriteAsync(one, mine).ConfigureAwait(false)).Saved);
    }

    private static async Task OneOfManyAsync(NumbersUnderCheck store)
    {
        var number = Some.Number();
        var writes = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            var account = await store.NewAccountAsync().ConfigureAwait(false);
            return await store.WriteAsync(account, Some.Connected(account, number)).ConfigureAwait(false);
        })).ConfigureAwait(false);
        Expect.That(writes.Count(write => write.Saved) == 1);
        Expect.That((await store.FindHeldAsync(number).ConfigureAwait(false)).Count == 1);
    }
}
