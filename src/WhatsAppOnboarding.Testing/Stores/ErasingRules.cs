namespace WhatsAppOnboarding.Testing.Stores;

internal static class ErasingRules
{
    public static IEnumerable<StoreRule<NumbersUnderCheck>> All =>
    [
        new("an erased account is as if never written, and others stay", ErasedAsync),
        new("erasing twice, or nothing, is no error", TwiceAsync),
        new("an account that is erased while others write it is whole or gone", MeetingAsync),
    ];

    private static async Task ErasedAsync(NumbersUnderCheck store)
    {
        var (account, other) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        var number = Some.Connected(account);
        await store.WriteAsync(account, number, Some.Disconnected(Some.Connected(account))).ConfigureAwait(false);
        await store.WriteAsync(other, Some.Connected(other)).ConfigureAwait(false);
        await store.EraseAsync(account).ConfigureAwait(false);

        var read = await store.ReadAsync(account).ConfigureAwait(false);
        Expect.That(read.Reference.Version == 0 && read.Numbers.Count == 0);
        Expect.That((await store.FindHeldAsync(number.PhoneNumberId).ConfigureAwait(false)).Count == 0);
        Expect.That((await store.ReadAsync(other).ConfigureAwait(false)).Numbers.Count == 1);
        Expect.That((await store.WriteAsync(account, number).ConfigureAwait(false)).After.Reference.Version == 1);
    }

    private static async Task TwiceAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        await store.EraseAsync(account).ConfigureAwait(false);
        await store.WriteAsync(account, Some.Connected(account)).ConfigureAwait(false);
        await Task.WhenAll(store.EraseAsync(account), store.EraseAsync(account)).ConfigureAwait(false);
        await store.EraseAsync(account).ConfigureAwait(false);
        Expect.That((await store.ReadAsync(account).ConfigureAwait(false)).Reference.Version == 0);
    }

    private static async Task MeetingAsync(NumbersUnderCheck store)
    {
        for (var round = 0; round < 5; round++)
        {
            var account = await store.NewAccountAsync().ConfigureAwait(false);
            var (first, second) = (Some.Connected(account), Some.Connected(account, sequence: 2));
            await store.WriteAsync(account, first).ConfigureAwait(false);
            await Task.WhenAll(store.WriteAsync(account, second), store.EraseAsync(account)).ConfigureAwait(false);

            var read = await store.ReadAsync(account).ConfigureAwait(false);
            Expect.That(read.Find(first.PhoneNumberId) is null, "what was there before the erasure to be gone");
            Expect.That(read.Reference.WabaId == (read.Numbers.Count == 0 ? null : second.WabaId), "the reference of what is left");
        }
    }
}
