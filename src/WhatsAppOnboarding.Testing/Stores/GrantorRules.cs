namespace WhatsAppOnboarding.Testing.Stores;

internal static class GrantorRules
{
    public static IEnumerable<StoreRule<NumbersUnderCheck>> All =>
    [
        new("held numbers are found by who granted them, without their tokens and PINs", FindAsync),
        new("who granted a number can be forgotten, and nothing else changes", ForgetAsync),
    ];

    private static async Task FindAsync(NumbersUnderCheck store)
    {
        var (one, other) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        var (hash, second) = (Some.Hash(), Some.Hash());
        var mine = Some.Connected(one) with { GrantedBy = hash, Pins = [new() { Sealed = new("pin"), StoredAt = Some.Time }] };
        var (theirs, later) = (Some.Connected(other) with { GrantedBy = hash }, Some.Connected(other) with { GrantedBy = second });
        await store.WriteAsync(one, mine, Some.Connected(one), Some.Connected(one) with { GrantedBy = Some.Hash() }, Some.Disconnected(Some.Connected(one)) with { GrantedBy = hash }).ConfigureAwait(false);
        await store.WriteAsync(other, theirs, later).ConfigureAwait(false);

        var found = await store.FindGrantedByAsync(hash, hash, Some.Hash()).ConfigureAwait(false);
        Expect.That(found.Count == 2 && found.Select(number => number.PhoneNumberId).ToHashSet().SetEquals([mine.PhoneNumberId, theirs.PhoneNumberId]));
        Expect.That(found.All(number => number.Token is null && number.Pins.Count == 0 && number.GrantedBy == hash));
        Expect.That((await store.FindGrantedByAsync(hash, second).ConfigureAwait(false)).Count == 3);
        Expect.That((await store.FindGrantedByAsync().ConfigureAwait(false)).Count == 0);
    }

    private static async Task ForgetAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var number = Some.Connected(account) with { GrantedBy = Some.Hash() };
        await store.WriteAsync(account, number).ConfigureAwait(false);
        await store.ChangeAsync(account, now => [now.Numbers.Single() with { GrantedBy = null }]).ConfigureAwait(false);

        Expect.That((await store.FindGrantedByAsync(number.GrantedBy).ConfigureAwait(false)).Count == 0);
        Expect.That((await store.ReadAsync(account).ConfigureAwait(false)).Numbers.Single().Token == number.Token);
    }
}
