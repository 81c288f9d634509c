using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class ReferenceRules
{
    public static IEnumerable<StoreRule<NumbersUnderCheck>> All =>
    [
        new("the reference is the WABA of the latest connect, then of Meta's order", LatestAsync),
        new("the reference falls back when the latest number goes, and is null when the last one goes", FallsBackAsync),
        new("the connect sequence never falls", SequenceAsync),
        new("every copy that the host keeps changes with the reference", CopiesAsync),
    ];

    private static async Task LatestAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var (older, second, first) = (Some.Connected(account), Some.Connected(account, sequence: 2, order: 1), Some.Connected(account, sequence: 2));
        await store.WriteAsync(account, older).ConfigureAwait(false);
        await ExpectAsync(store, account, older.WabaId).ConfigureAwait(false);
        await store.WriteAsync(account, second, first).ConfigureAwait(false);
        await ExpectAsync(store, account, first.WabaId).ConfigureAwait(false);
    }

    private static async Task FallsBackAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var (older, newer) = (Some.Connected(account), Some.Connected(account, sequence: 2));
        await store.WriteAsync(account, older, newer).ConfigureAwait(false);
        await store.WriteAsync(account, Some.Disconnected(newer)).ConfigureAwait(false);
        await ExpectAsync(store, account, older.WabaId).ConfigureAwait(false);
        await store.WriteAsync(account, older with { State = NumberState.Paused }).ConfigureAwait(false);
        await ExpectAsync(store, account, older.WabaId).ConfigureAwait(false);
        await store.WriteAsync(account, Some.Disconnected(older)).ConfigureAwait(false);
        await ExpectAsync(store, account, null).ConfigureAwait(false);
    }

    private static async Task SequenceAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var number = Some.Connected(account, sequence: 5);
        await store.WriteAsync(account, number).ConfigureAwait(false);
        await store.WriteAsync(account, Some.Disconnected(number) with { ConnectSequence = 1 }).ConfigureAwait(false);
        Expect.That((await store.ReadAsync(account).ConfigureAwait(false)).Reference.ConnectSequence == 5);
    }

    private static async Task CopiesAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var (one, two) = (Some.Connected(account), Some.Connected(account, sequence: 2));
        foreach (var number in new[] { one, two, Some.Disconnected(two), Some.Disconnected(one) })
        {
            var write = await store.WriteAsync(account, number).ConfigureAwait(false);
            var copies = await store.ReadCopiesAsync(account).ConfigureAwait(false);
            Expect.That(copies.Count > 0, $"a copy: register an {nameof(IAccountWabaReferenceSync)} for this check, such as {nameof(StagedReferences)}");
            Expect.That(copies.All(copy => copy == write.After.Reference.WabaId), "every copy to be staged with the write");
        }
    }

    private static async Task ExpectAsync(NumbersUnderCheck store, AccountId account, WabaId? waba)
    {
        var read = await store.ReadAsync(account).ConfigureAwait(false);
        Expect.That(read.Reference.WabaId == waba, $"the reference {waba?.ToString() ?? "null"}, found {read.Reference.WabaId?.ToString() ?? "null"}");
    }
}
