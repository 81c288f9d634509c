using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class SharingRules
{
    public static IEnumerable<StoreRule<NumbersUnderCheck>> All =>
    [
        new("two accounts hold the same number, each its own record", BothHoldAsync),
        new("what one account does to a shared number leaves the other's alone", ApartAsync),
        new("accounts are found that share a number without a fresh proof or refusal, each once, and those after a given one", FindSharedAsync),
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

    private static async Task FindSharedAsync(NumbersUnderCheck store)
    {
        var (old, never, proved) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        var (refused, gone, alone) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        var (time, before) = (Some.Time, Some.Time.AddSeconds(-1));
        PhoneNumberId[] shared = [Some.Number(), Some.Number()];
        await ShareAsync(old, new NumberEvidence { ListedAt = before, RefusedAt = before }).ConfigureAwait(false);
        await ShareAsync(never, new NumberEvidence()).ConfigureAwait(false);
        await ShareAsync(proved, new NumberEvidence { ListedAt = time, RefusedAt = before }).ConfigureAwait(false);
        await ShareAsync(refused, new NumberEvidence { ListedAt = before, RefusedAt = time }).ConfigureAwait(false);
        await store.WriteAsync(gone, [.. shared.Select(number => Some.Disconnected(Some.Connected(gone, number)))]).ConfigureAwait(false);
        var (own, former) = (Some.Connected(alone), Some.Connected(alone));
        await store.WriteAsync(alone, own, former).ConfigureAwait(false);
        await store.WriteAsync(gone, Some.Disconnected(Some.Connected(gone, former.PhoneNumberId))).ConfigureAwait(false);

        var found = await store.FindAccountsAsync(AccountsWith.UnansweredSharedNumber, time).ConfigureAwait(false);
        Expect.That(found.Contains(old) && found.Contains(never), "no answer, or one that is too old");
        Expect.That(!found.Contains(proved) && !found.Contains(refused), "an answer that is fresh");
        Expect.That(!found.Contains(gone) && !found.Contains(alone), "nothing that is shared");

        Task ShareAsync(AccountId account, NumberEvidence evidence) =>
            store.WriteAsync(account, [.. shared.Select(number => Some.Connected(account, number) with { Evidence = evidence })]);
    }
}
