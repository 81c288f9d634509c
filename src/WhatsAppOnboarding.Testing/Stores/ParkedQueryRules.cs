using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class ParkedQueryRules
{
    public static IEnumerable<StoreRule<LedgerUnderCheck>> All =>
    [
        new("what is parked is listed in order of its first failure, of one account or of all, and no more than asked for", ListAsync),
        new("what is parked is walked piece by piece, each item once, also when many failed at one time and when what was read is parked no longer", WalkAsync),
        new("a query of what is parked finds by account, key, time, handler, type and text of the reason, and by several of them", FilterAsync),
        new("what is parked is grouped by type of the reason and handler, the largest group first, with the first time", GroupAsync),
        new("accounts of which something is parked are found, each once, piece by piece", AccountsAsync),
        new("of many who take a parked item for a replay it is given to one, who keeps it until it fails or its parking ends", TakeAsync),
    ];

    private static async Task ListAsync(LedgerUnderCheck ledger)
    {
        var (account, other) = (Some.Account(), Some.Account());
        await ledger.FailAsync(account, "long ago", ParkingRules.Failure(after: 2)).ConfigureAwait(false);
        foreach (var (item, minutes) in (IEnumerable<(string, int)>)[("late", 2), ("middle", 1)])
            await ParkAsync(ledger, account, item, Some.Time.AddMinutes(minutes)).ConfigureAwait(false);
        await ledger.FailAsync(account, "long ago", ParkingRules.Failure(at: Some.Time.AddMinutes(3), after: 2)).ConfigureAwait(false);
        await ledger.FailAsync(account, "not parked", ParkingRules.Failure()).ConfigureAwait(false);
        await ParkAsync(ledger, other, "other", Some.Time.AddYears(-50)).ConfigureAwait(false);

        var query = new ParkedQuery { AccountId = account };
        Expect.That(Keys(await ledger.ListParkedAsync(query).ConfigureAwait(false)).SequenceEqual(["long ago", "middle", "late"]));
        Expect.That(Keys(await ledger.ListParkedAsync(query, 2).ConfigureAwait(false)).SequenceEqual(["long ago", "middle"]));
        Expect.That((await ledger.ListParkedAsync(new ParkedQuery()).ConfigureAwait(false)).Any(record => record is { ItemKey: "other", Payload: ParkingRules.Payload } && record.AccountId == other));
        await EraseAsync(ledger, account, other).ConfigureAwait(false);
    }

    private static async Task WalkAsync(LedgerUnderCheck ledger)
    {
        var (account, other) = (Some.Account(), Some.Account());
        string[] items = ["message:a", "message:B", "status:read:1:wamid.x", "echo:1", "message:ä"];
        var reason = $"Walked{Guid.NewGuid():N}";
        foreach (var item in items)
        {
            await ParkAsync(ledger, account, item, Some.Time.AddTicks(item.Length > 10 ? 10 : 0), reason: reason + ": x").ConfigureAwait(false);
            await ParkAsync(ledger, other, item, Some.Time, reason: reason + ": x").ConfigureAwait(false);
        }

        var walked = new List<LedgerRecord>();
        while (await ledger.ListParkedAsync(new ParkedQuery { Reason = reason }, 3, walked.LastOrDefault()).ConfigureAwait(false) is { Count: > 0 } piece && walked.Count <= 10)
        {
            Expect.That(piece.Count <= 3);
            walked.AddRange(piece);
            await ledger.UnparkAsync(piece[^1].AccountId, piece[^1].ItemKey, Some.Time).ConfigureAwait(false);
        }

        Expect.That(walked.Count == 10 && walked.Select(record => (record.AccountId, record.ItemKey)).Distinct().Count() == 10, $"each of 10 once, found {walked.Count}");
        Expect.That(walked.Zip(walked.Skip(1)).All(pair => pair.First.FirstFailedAt <= pair.Second.FirstFailedAt), "the order of the first failures");
        await EraseAsync(ledger, account, other).ConfigureAwait(false);
    }

    private static async Task FilterAsync(LedgerUnderCheck ledger)
    {
        var (account, other) = (Some.Account(), Some.Account());
        await ParkAsync(ledger, account, "a", Some.Time, "First", "IOException: 100%_\\ 😀 of it").ConfigureAwait(false);
        await ParkAsync(ledger, account, "b", Some.Time.AddMinutes(1), "Second", "IOException: 1000 of it").ConfigureAwait(false);
        await ParkAsync(ledger, account, "c", Some.Time.AddMinutes(2), "Second", "IOExceptionOfMine: 100%_").ConfigureAwait(false);
        await ParkAsync(ledger, other, "a", Some.Time, "First", "IOException: 100%_\\ 😀 of it").ConfigureAwait(false);

        await FindsAsync(new ParkedQuery(), "a", "b", "c").ConfigureAwait(false);
        await FindsAsync(new ParkedQuery { ItemKey = "b" }, "b").ConfigureAwait(false);
        await FindsAsync(new ParkedQuery { ItemKey = "none" }).ConfigureAwait(false);
        await FindsAsync(new ParkedQuery { Since = Some.Time.AddMinutes(1) }, "b", "c").ConfigureAwait(false);
        await FindsAsync(new ParkedQuery { Since = Some.Time.AddMinutes(1).ToOffset(TimeSpan.FromHours(9)) }, "b", "c").ConfigureAwait(false);
        await FindsAsync(new ParkedQuery { Handler = "Second" }, "b", "c").ConfigureAwait(false);
        await FindsAsync(new ParkedQuery { Reason = "IOException" }, "a", "b").ConfigureAwait(false);
        await FindsAsync(new ParkedQuery { Reason = "IOException: 100%_\\ 😀" }, "a").ConfigureAwait(false);
        await FindsAsync(new ParkedQuery { Reason = "Exception" }).ConfigureAwait(false);
        await FindsAsync(new ParkedQuery { Reason = "IOException", Handler = "Second", Since = Some.Time.AddMinutes(1) }, "b").ConfigureAwait(false);
        Expect.That((await ledger.ListParkedAsync(new ParkedQuery { ItemKey = "a" }).ConfigureAwait(false)).Select(record => record.AccountId).Intersect([account, other]).Count() == 2, "the item of both accounts");
        await EraseAsync(ledger, account, other).ConfigureAwait(false);

        async Task FindsAsync(ParkedQuery query, params string[] items)
        {
            var found = await ledger.ListParkedAsync(query with { AccountId = account }).ConfigureAwait(false);
            Expect.That(Keys(found).SequenceEqual(items), $"{string.Join(", ", items)} for {query}, found {string.Join(", ", Keys(found))}");
        }
    }

    private static async Task GroupAsync(LedgerUnderCheck ledger)
    {
        var account = Some.Account();
        await ParkAsync(ledger, account, "a", Some.Time.AddMinutes(5), "Second", "IOException: one: 1").ConfigureAwait(false);
        await ParkAsync(ledger, account, "b", Some.Time.AddMinutes(3), "Second", "IOException: two").ConfigureAwait(false);
        await ParkAsync(ledger, account, "c", Some.Time, "First", "IOException: one").ConfigureAwait(false);
        await ParkAsync(ledger, account, "d", Some.Time, "Second", "new").ConfigureAwait(false);
        await ledger.FailAsync(account, "not parked", ParkingRules.Failure()).ConfigureAwait(false);

        var groups = await ledger.GroupParkedAsync(new ParkedQuery { AccountId = account }).ConfigureAwait(false);
        Expect.That(groups.Count == 3 && groups[0] == new ParkedGroup { Reason = "IOException", Handler = "Second", Count = 2, OldestAt = Some.Time.AddMinutes(3) }, "the largest group first");
        Expect.That(groups.Any(group => group is { Reason: "IOException", Handler: "First", Count: 1 }) && groups.Any(group => group is { Reason: "new", Handler: "Second", Count: 1 }));
        foreach (var group in groups.Where(group => group.Reason == "IOException"))
        {
            var found = await ledger.ListParkedAsync(new ParkedQuery { AccountId = account, Handler = group.Handler, Reason = group.Reason }).ConfigureAwait(false);
            Expect.That(found.Count == group.Count, $"a query to find the group {group}");
        }

        Expect.That((await ledger.GroupParkedAsync(new ParkedQuery { AccountId = account, Since = Some.Time.AddMinutes(4) }).ConfigureAwait(false)) is [{ Count: 1, Reason: "IOException" }]);
        Expect.That((await ledger.GroupParkedAsync(new ParkedQuery { AccountId = Some.Account() }).ConfigureAwait(false)).Count == 0);
        await EraseAsync(ledger, account).ConfigureAwait(false);
    }

    private static async Task AccountsAsync(LedgerUnderCheck ledger)
    {
        AccountId[] accounts = [.. Enumerable.Range(0, 120).Select(_ => Some.Account())];
        var query = new ParkedQuery { Reason = $"Found{Guid.NewGuid():N}" };
        foreach (var account in accounts)
            await ParkAsync(ledger, account, "a", Some.Time, reason: query.Reason + ": x").ConfigureAwait(false);
        await ParkAsync(ledger, accounts[0], "b", Some.Time, reason: query.Reason + ": y").ConfigureAwait(false);

        var found = new List<AccountId>();
        while (await ledger.FindParkedAccountsAsync(query, found.Count == 0 ? null : found[^1]).ConfigureAwait(false) is { Count: > 0 } piece && found.Count <= accounts.Length)
            found.AddRange(piece);
        Expect.That(found.Count == accounts.Length && !accounts.Except(found).Any(), $"{accounts.Length} accounts, found {found.Count}");
        Expect.That((await ledger.FindParkedAccountsAsync(query with { AccountId = accounts[0] }).ConfigureAwait(false)) is [var only] && only == accounts[0]);
        await EraseAsync(ledger, accounts).ConfigureAwait(false);
    }

    private static async Task TakeAsync(LedgerUnderCheck ledger)
    {
        var (account, until) = (Some.Account(), Some.Time.AddMinutes(3));
        var parked = await ParkAsync(ledger, account, "a", Some.Time).ConfigureAwait(false);
        Expect.That(!parked.IsTaken(Some.Time));
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ledger.TakeParkedAsync(parked, until))).ConfigureAwait(false);
        var taken = answers.Single(answer => answer is not null)!;
        Expect.That(taken == parked.WithTaken(until) && taken.IsTaken(Some.Time) && !taken.IsTaken(until), "what the record says");
        Expect.That((await ledger.OneAsync(account, "a").ConfigureAwait(false)) with { Finished = [] } == taken with { Finished = [] }, "what is stored");

        var finished = await ledger.FinishAsync(taken, "First").ConfigureAwait(false);
        Expect.That(finished.IsTaken(Some.Time), "that it stays taken while one handler after the other finishes");
        await ledger.FailAsync(account, "a", ParkingRules.Failure("Second", Some.Time.AddMinutes(1))).ConfigureAwait(false);
        var failed = await ledger.OneAsync(account, "a").ConfigureAwait(false);
        Expect.That(!failed.IsTaken(Some.Time.AddMinutes(1)), "that a failure ends it");
        await ledger.UnparkAsync(account, "a", Some.Time.AddMinutes(1)).ConfigureAwait(false);
        Expect.That(await ledger.TakeParkedAsync(failed with { Version = failed.Version + 1 }, until).ConfigureAwait(false) is null, "that what is not parked is not taken");
    }

    private static Task<LedgerRecord> ParkAsync(LedgerUnderCheck ledger, AccountId account, string item, DateTimeOffset at, string handler = "Second", string reason = "IOException: why") =>
        ledger.FailAsync(account, item, ParkingRules.Failure(handler, at, 1, reason));

    private static async Task EraseAsync(LedgerUnderCheck ledger, params AccountId[] accounts)
    {
        foreach (var account in accounts)
            await ledger.EraseAsync(account).ConfigureAwait(false);
    }

    private static IEnumerable<string> Keys(IEnumerable<LedgerRecord> records) => records.Select(record => record.ItemKey);
}
