using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class ReadingRules
{
    public static IEnumerable<StoreRule<NumbersUnderCheck>> All =>
    [
        new("an account that was never written is empty, at version 0", NeverWrittenAsync),
        new("every field comes back as it was saved", EveryFieldAsync),
        new("what a write returns is what a read finds, to the last digit of a time", SameTwiceAsync),
        new("one number is found as its account's reading finds it, and never another account's", OneNumberAsync),
        new("hostile text comes back as text", HostileTextAsync),
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
        var gone = Some.Disconnected(full) with { PhoneNumberId = Some.Number(), Token = new SealedSecret("kept"), TokenKeptUntil = Some.Time };
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

    private static async Task OneNumberAsync(NumbersUnderCheck store)
    {
        var (account, other) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        var full = Some.Full(Some.Connected(account));
        var gone = Some.Disconnected(Some.Connected(account));
        await store.WriteAsync(account, full, gone).ConfigureAwait(false);

        foreach (var number in new[] { full, gone })
        {
            ExpectSame(await store.FindAsync(account, number.PhoneNumberId).ConfigureAwait(false), number);
            Expect.That(await store.FindAsync(other, number.PhoneNumberId).ConfigureAwait(false) is null);
        }

        Expect.That(await store.FindAsync(account, Some.Number()).ConfigureAwait(false) is null);
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

        // What the host is told of is derived by every write.
        var same = read with { Told = saved.Told, Notices = saved.Notices, OpenSteps = saved.OpenSteps, Findings = saved.Findings, Pins = saved.Pins, Syncs = saved.Syncs };
        Expect.That(same == saved, $"{saved}, found {read}");
    }
}
