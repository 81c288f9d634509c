using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class MeetingRules
{
    private const int Writers = 8;

    public static IEnumerable<StoreRule<NumbersUnderCheck>> All =>
    [
        new("writers of one account who meet all take effect", AllTakeEffectAsync),
        new("a change runs again from the newest state, so no update is lost", NothingLostAsync),
        new("a reader never sees numbers of one version with the reference of another", NeverHalfAsync),
    ];

    private static async Task AllTakeEffectAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => store.WriteAsync(account, Some.Connected(account)))).ConfigureAwait(false);
        var read = await store.ReadAsync(account).ConfigureAwait(false);
        Expect.That(read.Numbers.Count == Writers);
        Expect.That(read.Reference.Version == Writers);
        Expect.That(read.Reference.WabaId == AccountWabaReference.Derive(read.Numbers));
    }

    private static async Task NothingLostAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var number = Some.Connected(account, sequence: 0);
        await store.WriteAsync(account, number).ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => store.ChangeAsync(
            account, now => [.. now.Numbers.Select(one => one with { ConnectSequence = one.ConnectSequence + 1 })]))).ConfigureAwait(false);
        var read = await store.ReadAsync(account).ConfigureAwait(false);
        Expect.That(read.Numbers.Single().ConnectSequence == Writers);
        Expect.That(read.Reference.ConnectSequence == Writers);
    }

    private static async Task NeverHalfAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        PhoneNumber[] numbers = [.. Enumerable.Range(0, 3).Select(order => Some.Connected(account, order: order))];
        await store.WriteAsync(account, numbers).ConfigureAwait(false);
        var writing = Task.Run(async () =>
        {
            for (var round = 0; round < 10; round++)
                await store.WriteAsync(account, round % 2 == 0 ? [.. numbers.Select(Some.Disconnected)] : numbers).ConfigureAwait(false);
        });
        do
        {
            var read = await store.ReadAsync(account).ConfigureAwait(false);
            Expect.That(read.Numbers.Count(number => number.IsHeld) is 0 or 3, "all numbers of a write or none");
            Expect.That(read.Reference.WabaId == AccountWabaReference.Derive(read.Numbers));
        }
        while (!writing.IsCompleted);
        await writing.ConfigureAwait(false);
    }
}
