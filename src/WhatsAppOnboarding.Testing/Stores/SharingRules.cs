namespace WhatsAppOnboarding.Testing.Stores;

internal static class SharingRules
{
    public static IEnumerable<StoreRule<NumbersUnderCheck>> All =>
    [
        new("two accounts hold the same number, each its own record", BothHoldAsync),
        new("what one account does to a shared number leaves the other's alone", ApartAsync),
    ];

    private static async Task BothHoldAsync(NumbersUnderCheck store)
    {
        var (one, other) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        var (mine, theirs) = (Some.Connected(one), Some.Connected(other));
        theirs = theirs with { PhoneNumberId = mine.PhoneNumberId };
        Expect.That((await store.WriteAsync(one, mine).ConfigureAwait(false)).Saved);
        Expect.That((await store.WriteAsync(other, theirs).ConfigureAwait(false)).Saved);
        var holders = await store.FindHeldAsync(mine.PhoneNumberId).ConfigureAwait(false);
        Expect.That(holders.Select(number => number.AccountId).ToHashSet().SetEquals([one, other]) && holders.Count == 2);
        Expect.That((await store.ReadAsync(one).ConfigureAwait(false)).Numbers.Single().Token == mine.Token);
        Expect.That((await store.ReadAsync(other).ConfigureAwait(false)).Numbers.Single().Token == theirs.Token);
    }

    private static async Task ApartAsync(NumbersUnderCheck store)
    {
        var (one, other) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        var mine = Some.Connected(one);
        var theirs = Some.Connected(other, mine.PhoneNumberId, mine.WabaId);
        await Task.WhenAll(store.WriteAsync(one, mine), store.WriteAsync(other, theirs)).ConfigureAwait(false);
        await store.WriteAsync(one, Some.Disconnected(mine)).ConfigureAwait(false);
        await store.EraseAsync(one).ConfigureAwait(false);
        var read = await store.ReadAsync(other).ConfigureAwait(false);
        Expect.That(read.Reference.WabaId == theirs.WabaId && read.Reference.Version == 1);
        Expect.That(read.Numbers.Single() is { IsHeld: true } kept && kept.Token == theirs.Token);
    }
}
