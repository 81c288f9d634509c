using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class WritingRules
{
    public static IEnumerable<StoreRule<NumbersUnderCheck>> All =>
    [
        new("61 numbers are saved in one write", ManyAsync),
        new("numbers that a change does not return stay as they are", UntouchedAsync),
        new("every write raises the version by one, and a change of nothing writes nothing", VersionAsync),
        new("a change that throws writes nothing", ThrowingChangeAsync),
        new("a number that breaks a rule refuses the whole write", BrokenNumberAsync),
        new("a change of one account cannot write a number of another", ForeignNumberAsync),
        new("a write that was cancelled before it began writes nothing", CancelledAsync),
    ];

    private static async Task ManyAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        PhoneNumber[] numbers = [.. Enumerable.Range(0, 61).Select(order => Some.Connected(account, order: order))];
        var write = await store.WriteAsync(account, numbers).ConfigureAwait(false);
        var read = await store.ReadAsync(account).ConfigureAwait(false);
        Expect.That(write.Saved && write.Before.Numbers.Count == 0 && write.After.Numbers.Count == 61);
        Expect.That(numbers.All(number => read.Find(number.PhoneNumberId)?.Token == number.Token));
    }

    private static async Task UntouchedAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var (kept, changed) = (Some.Connected(account), Some.Connected(account));
        await store.WriteAsync(account, kept, changed).ConfigureAwait(false);
        await store.WriteAsync(account, changed with { DisplayPhone = "new" }).ConfigureAwait(false);
        var read = await store.ReadAsync(account).ConfigureAwait(false);
        Expect.That(read.Find(kept.PhoneNumberId)?.Generation == kept.Generation);
        Expect.That(read.Find(kept.PhoneNumberId)?.DisplayPhone is null);
        Expect.That(read.Find(changed.PhoneNumberId)?.DisplayPhone == "new");
    }

    private static async Task VersionAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var number = Some.Connected(account);
        var first = await store.WriteAsync(account, number).ConfigureAwait(false);
        var second = await store.WriteAsync(account, number with { DisplayPhone = "new" }).ConfigureAwait(false);
        var nothing = await store.WriteAsync(account).ConfigureAwait(false);
        Expect.That(first.After.Reference.Version == 1);
        Expect.That(second.Before.Reference.Version == 1 && second.After.Reference.Version == 2);
        Expect.That(nothing.Saved && nothing.After.Reference.Version == 2);
        Expect.That((await store.ReadAsync(account).ConfigureAwait(false)).Reference.Version == 2);
    }

    private static async Task ThrowingChangeAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        await Expect.ThrowsAsync<NotSupportedException>(
            () => store.ChangeAsync(account, _ => throw new NotSupportedException()), "the change threw it").ConfigureAwait(false);
        await ExpectEmptyAsync(store, account).ConfigureAwait(false);
    }

    private static async Task BrokenNumberAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        await Expect.ThrowsAsync<InvalidOperationException>(
            () => store.WriteAsync(account, Some.Connected(account), Some.Connected(account) with { Token = null }),
            "a held number has a token").ConfigureAwait(false);
        await ExpectEmptyAsync(store, account).ConfigureAwait(false);
    }

    private static async Task ForeignNumberAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var other = await store.NewAccountAsync().ConfigureAwait(false);
        await Expect.ThrowsAsync<InvalidOperationException>(
            () => store.WriteAsync(account, Some.Connected(other)), "the number is another account's").ConfigureAwait(false);
        await ExpectEmptyAsync(store, account).ConfigureAwait(false);
        await ExpectEmptyAsync(store, other).ConfigureAwait(false);
    }

    private static async Task CancelledAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var cancelled = new CancellationToken(canceled: true);
        await Expect.ThrowsAsync<OperationCanceledException>(
            () => store.UseAsync(numbers => numbers.WriteAsync(account, _ => [Some.Connected(account)], null, cancelled)), "it was cancelled").ConfigureAwait(false);
        await ExpectEmptyAsync(store, account).ConfigureAwait(false);
    }

    private static async Task ExpectEmptyAsync(NumbersUnderCheck store, AccountId account)
    {
        var read = await store.ReadAsync(account).ConfigureAwait(false);
        Expect.That(read.Reference.Version == 0 && read.Numbers.Count == 0, "nothing to be written");
    }
}
