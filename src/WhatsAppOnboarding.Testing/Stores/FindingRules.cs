using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class FindingRules
{
    public static IEnumerable<StoreRule<NumbersUnderCheck>> All =>
    [
        new("held numbers are found by number and by WABA, without their tokens and PINs", FindHeldAsync),
        new("held numbers are found by who granted them, without their tokens and PINs", FindGrantedAsync),
        new("what several lists of a query name is found once", FindOnceAsync),
        new("who granted a number can be forgotten, and nothing else changes", ForgetAsync),
    ];

    private static async Task FindHeldAsync(NumbersUnderCheck store)
    {
        var (one, other) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        var waba = Some.Waba();
        var (active, paused) = (Some.Connected(one, waba: waba) with { Pins = [new RegistrationPin { Sealed = new SealedSecret("pin"), StoredAt = Some.Time }] }, Some.Connected(one, waba: waba) with { State = NumberState.Paused });
        var (gone, elsewhere) = (Some.Disconnected(Some.Connected(one, waba: waba)), Some.Connected(other, waba: waba));
        await store.WriteAsync(one, active, paused, gone).ConfigureAwait(false);
        await store.WriteAsync(other, elsewhere).ConfigureAwait(false);

        PhoneNumberId[] held = [active.PhoneNumberId, paused.PhoneNumberId, elsewhere.PhoneNumberId];
        var byNumber = await store.FindHeldAsync([.. held, gone.PhoneNumberId, .. Enumerable.Range(0, 3_000).Select(_ => Some.Number())]).ConfigureAwait(false);
        var byWaba = await store.FindHeldAsync(waba, waba, Some.Waba()).ConfigureAwait(false);
        Expect.That(byNumber.Select(number => number.PhoneNumberId).ToHashSet().SetEquals(held) && byNumber.Count == 3);
        Expect.That(byWaba.Select(number => number.PhoneNumberId).ToHashSet().SetEquals(held) && byWaba.Count == 3);
        Expect.That(byNumber.Concat(byWaba).All(number => number.Token is null && number.Pins.Count == 0 && number.WabaId == waba));
        Expect.That((await store.FindHeldAsync(Array.Empty<PhoneNumberId>()).ConfigureAwait(false)).Count == 0);
        Expect.That((await store.FindHeldAsync(Array.Empty<WabaId>()).ConfigureAwait(false)).Count == 0);
    }

    private static async Task FindOnceAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var number = Some.Connected(account) with { GrantedBy = Some.Hash() };
        var other = Some.Connected(account);
        await store.WriteAsync(account, number, other).ConfigureAwait(false);
        var query = new HeldNumbersQuery { Numbers = [number.PhoneNumberId, other.PhoneNumberId], Wabas = [number.WabaId], Grantors = [number.GrantedBy] };
        var found = await store.FindHeldAsync(query).ConfigureAwait(false);
        Expect.That(found.Count == 2 && found.Select(one => one.PhoneNumberId).ToHashSet().SetEquals(query.Numbers));
        Expect.That((await store.FindHeldAsync(new HeldNumbersQuery()).ConfigureAwait(false)).Count == 0);
    }

    private static async Task FindGrantedAsync(NumbersUnderCheck store)
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
