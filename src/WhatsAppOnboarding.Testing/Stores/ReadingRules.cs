using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class ReadingRules
{
    public static IEnumerable<StoreRule<NumbersUnderCheck>> All =>
    [
        new("an account that was never written is empty, at version 0", NeverWrittenAsync),
        new("every field comes back as it was saved", EveryFieldAsync),
        new("what a write returns is what a read finds, to the last digit of a time", SameTwiceAsync),
        new("hostile text comes back as text", HostileTextAsync),
        new("held numbers are found by number and by WABA, without their tokens and PINs", FindHeldAsync),
        new("accounts are found that keep a token beyond its time", FindOverdueAsync),
        new("accounts with a paused number are found, each once, and those after a given one", FindPausedAsync),
        new("account ids are compared exactly", ExactAccountsAsync),
    ];

    private static async Task NeverWrittenAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var read = await store.ReadAsync(account).ConfigureAwait(false);
        Expect.That(read.Reference == new AccountWabaReference { AccountId = account, WabaId = null, Version = 0, ConnectSequence = 0 });
        Expect.That(read.Numbers.Count == 0);
    }

    private static async Task EveryFieldAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var bare = Some.Connected(account);
        var full = Some.Full(Some.Connected(account));
        var gone = Some.Disconnected(full) with { PhoneNumberId = Some.Number(), Token = new SealedToken("kept"), TokenKeptUntil = Some.Time };
        await store.WriteAsync(account, bare, full, gone).ConfigureAwait(false);

        var read = await store.ReadAsync(account).ConfigureAwait(false);
        foreach (var number in new[] { bare, full, gone })
            ExpectSame(read.Find(number.PhoneNumberId), number);
    }

    private static async Task SameTwiceAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var number = Some.Connected(account) with { ConnectedAt = Some.Time.AddTicks(1234567), Evidence = new NumberEvidence { TokenInspectedAt = Some.Time.AddTicks(7) } };
        var written = await store.WriteAsync(account, number).ConfigureAwait(false);

        var read = await store.ReadAsync(account).ConfigureAwait(false);
        Expect.That(read.Reference == written.After.Reference);
        ExpectSame(read.Find(number.PhoneNumberId), written.After.Find(number.PhoneNumberId)!);
        Expect.That((read.Numbers[0].ConnectedAt - number.ConnectedAt).Duration() <= TimeSpan.FromMicroseconds(1));
    }

    private static async Task HostileTextAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        const string markup = "<img src=x onerror=alert(1)> '; DROP TABLE x; -- \u202e 🙂";
        await store.WriteAsync(account, Some.Connected(account) with { VerifiedName = markup, DisplayPhone = "nul \0 inside" }).ConfigureAwait(false);

        var read = (await store.ReadAsync(account).ConfigureAwait(false)).Numbers.Single();
        Expect.That(read.VerifiedName == markup);
        Expect.That(read.DisplayPhone is "nul \0 inside" or "nul \uFFFD inside");
    }

    private static async Task FindHeldAsync(NumbersUnderCheck store)
    {
        var (one, other) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        var waba = Some.Waba();
        var active = Some.Connected(one, waba: waba) with { Pins = [new RegistrationPin { Sealed = new SealedPin("pin"), StoredAt = Some.Time }] };
        var paused = Some.Connected(one, waba: waba) with { State = NumberState.Paused };
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

    private static async Task FindOverdueAsync(NumbersUnderCheck store)
    {
        var (late, early) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        // So long ago that among a hundred these come first wherever the check runs.
        var time = Some.Time.AddYears(-50);
        await store.WriteAsync(late, Kept(late, time), Kept(late, time), Some.Connected(late)).ConfigureAwait(false);
        await store.WriteAsync(early, Kept(early, time.AddSeconds(1))).ConfigureAwait(false);

        var found = await store.FindOverdueAsync(time).ConfigureAwait(false);
        Expect.That(found.Count(account => account == late) == 1);
        Expect.That(!found.Contains(early));

        // A later check must find its own among the first hundred.
        await store.EraseAsync(late).ConfigureAwait(false);
        await store.EraseAsync(early).ConfigureAwait(false);
    }

    private static async Task FindPausedAsync(NumbersUnderCheck store)
    {
        var (one, other, active) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        await store.WriteAsync(one, Paused(one), Paused(one), Some.Connected(one)).ConfigureAwait(false);
        await store.WriteAsync(other, Paused(other)).ConfigureAwait(false);
        await store.WriteAsync(active, Some.Connected(active), Some.Disconnected(Some.Connected(active))).ConfigureAwait(false);

        var found = new List<AccountId>();
        while (await store.FindPausedAsync(found.Count == 0 ? null : found[^1]).ConfigureAwait(false) is { Count: > 0 } more)
        {
            Expect.That(more.Count <= 100 && !more.Any(found.Contains), "a hundred at most, and none twice");
            found.AddRange(more);
        }

        Expect.That(found.Contains(one) && found.Contains(other) && !found.Contains(active));
    }

    private static PhoneNumber Paused(AccountId account) => Some.Connected(account) with { State = NumberState.Paused };

    private static PhoneNumber Kept(AccountId account, DateTimeOffset until) =>
        Some.Disconnected(Some.Connected(account)) with { Token = new SealedToken("kept"), TokenKeptUntil = until };

    private static async Task ExactAccountsAsync(NumbersUnderCheck store)
    {
        if (!store.AccountsAreOurs)
            return;
        var lower = AccountId.Parse($"{Some.Account()}é");
        var upper = AccountId.Parse(lower.ToString().ToUpperInvariant());
        await store.WriteAsync(lower, Some.Connected(lower)).ConfigureAwait(false);
        Expect.That((await store.ReadAsync(upper).ConfigureAwait(false)).Reference.Version == 0);
        await store.WriteAsync(upper, Some.Connected(upper)).ConfigureAwait(false);
        Expect.That((await store.ReadAsync(lower).ConfigureAwait(false)).Numbers.Single().AccountId == lower);
    }

    private static void ExpectSame(PhoneNumber? read, PhoneNumber saved)
    {
        Expect.That(read is not null);
        Expect.That(read!.OpenSteps.SequenceEqual(saved.OpenSteps));
        Expect.That(read.Findings.SequenceEqual(saved.Findings));
        Expect.That(read.Pins.SequenceEqual(saved.Pins), "the PINs, newest first");
        Expect.That(read.Syncs.SequenceEqual(saved.Syncs));
        Expect.That(read.Notices.SequenceEqual(saved.Notices));
        var same = read with { Notices = saved.Notices, OpenSteps = saved.OpenSteps, Findings = saved.Findings, Pins = saved.Pins, Syncs = saved.Syncs };
        Expect.That(same == saved, $"{saved}, found {read}");
    }
}
