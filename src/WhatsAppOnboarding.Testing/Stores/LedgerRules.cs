using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class LedgerRules
{
    // Far in the past, so that a check on a database in use prunes nothing of anybody else.
    private static readonly DateTimeOffset Old = new(1971, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static IEnumerable<StoreRule<LedgerUnderCheck>> All =>
    [
        new("an item that is new is unknown, and one that a handler finished is found as it was answered, for every account that has it", FoundAsync),
        new("handlers finish one after the other, each with what the one before was answered", OneByOneAsync),
        new("who knows only an older state of a finished handler is answered the newest and changes nothing", AgainAsync),
        new("who knows only an older state of a handler that is not finished is refused", OutdatedAsync),
        new("of many who finish one item at once one is first and all are told", AtOnceAsync),
        new("all items of an account are listed, each once, however many are read at once", ListAsync),
        new("pruning removes what was touched before a time and is not parked, what was parked before another, and nothing else", PruneAsync),
        new("erasing removes what is known of an account, and nothing of another", EraseAsync),
    ];

    private static async Task FoundAsync(LedgerUnderCheck ledger)
    {
        var (account, other) = (Some.Account(), Some.Account());
        Expect.That((await ledger.FindOfAsync(account, "message:a").ConfigureAwait(false)).Count == 0);
        var at = Some.Time.AddTicks(1234567);
        var item = "message:" + new string('x', 192);
        var finished = await ledger.FinishNewAsync(account, item, "Name.Of`1[A.Handler]#2", at).ConfigureAwait(false);
        Expect.That(finished is { Version: 1, Failures: 0, IsParked: false } && finished.Finished.SequenceEqual(["Name.Of`1[A.Handler]#2"]), $"one that is finished, found {finished.Version}");
        var found = await ledger.OneAsync(account, item).ConfigureAwait(false);
        Expect.That(Same(found, finished) && (at - found.TouchedAt).Duration() < TimeSpan.FromMilliseconds(1), "what was answered");
        Expect.That((await ledger.FindOfAsync(other, item).ConfigureAwait(false)).Count == 0);
        var theirs = await ledger.FinishNewAsync(other, item).ConfigureAwait(false);
        string[] many = [.. Enumerable.Range(0, 1100).Select(number => $"message:{number}"), item];
        var both = await ledger.FindAsync(many).ConfigureAwait(false);
        Expect.That(both.Count(record => Same(record, found)) == 1 && both.Count(record => Same(record, theirs)) == 1, "what is known for both accounts");
        Expect.That((await ledger.FindAsync().ConfigureAwait(false)).Count == 0);
    }

    private static async Task ListAsync(LedgerUnderCheck ledger)
    {
        var (account, other) = (Some.Account(), Some.Account());
        string[] items = ["message:a", "message:B", "status:read:1:wamid.x", "echo:1", "message:ä"];
        foreach (var item in items)
            await ledger.FinishNewAsync(account, item).ConfigureAwait(false);
        await ledger.FailAsync(account, items[0], ParkingRules.Failure("Second")).ConfigureAwait(false);
        await ledger.FinishNewAsync(other, items[0]).ConfigureAwait(false);

        var listed = new List<LedgerRecord>();
        while (await ledger.ListAsync(account, listed.LastOrDefault()?.ItemKey, 2).ConfigureAwait(false) is { Count: > 0 and <= 2 } some && listed.Count <= items.Length)
            listed.AddRange(some);
        Expect.That(listed.Select(record => record.ItemKey).Order(StringComparer.Ordinal).SequenceEqual(items.Order(StringComparer.Ordinal)) && listed.All(record => record.AccountId == account));
        Expect.That(listed.Single(record => record.ItemKey == items[0]) is { Failures: 1 } failed && failed.Finished.SequenceEqual(["First"]));
    }

    private static async Task OneByOneAsync(LedgerUnderCheck ledger)
    {
        var account = Some.Account();
        var first = await ledger.FinishNewAsync(account, "a").ConfigureAwait(false);
        var second = await ledger.FinishAsync(first, "Second", Some.Time.AddMinutes(1)).ConfigureAwait(false);
        var failed = await ledger.FailAsync(account, "a", ParkingRules.Failure("Third")).ConfigureAwait(false);
        var third = await ledger.FinishAsync(failed, "Third", Some.Time.AddMinutes(2)).ConfigureAwait(false);
        Expect.That(second.Version == 2 && third is { Version: 4, Failures: 1 } && third.TouchedAt == Some.Time.AddMinutes(2));
        var found = await ledger.OneAsync(account, "a").ConfigureAwait(false);
        Expect.That(Same(found, third) && found.Finished.SequenceEqual(["First", "Second", "Third"]), "all three");
    }

    private static async Task AgainAsync(LedgerUnderCheck ledger)
    {
        var account = Some.Account();
        var first = await ledger.FinishNewAsync(account, "a").ConfigureAwait(false);
        Expect.That(Same(await ledger.FinishNewAsync(account, "a", at: Some.Time.AddDays(1)).ConfigureAwait(false), first), "the first finish to stand");
        var second = await ledger.FinishAsync(first, "Second").ConfigureAwait(false);
        Expect.That(Same(await ledger.FinishAsync(first, "Second", Some.Time.AddDays(1)).ConfigureAwait(false), second), "the first finish of the second to stand");
        Expect.That(Same(await ledger.FinishNewAsync(account, "a", at: Some.Time.AddDays(1)).ConfigureAwait(false), second), "the newest state");
        Expect.That(Same(await ledger.OneAsync(account, "a").ConfigureAwait(false), second), "nothing to change");
    }

    private static async Task OutdatedAsync(LedgerUnderCheck ledger)
    {
        var account = Some.Account();
        var first = await ledger.FinishNewAsync(account, "a").ConfigureAwait(false);
        var second = await ledger.FinishAsync(first, "Second").ConfigureAwait(false);
        await Expect.ThrowsAsync<Exception>(() => ledger.FinishAsync(first, "Third"), "what it stages may rest on what is not so any more").ConfigureAwait(false);
        await Expect.ThrowsAsync<Exception>(() => ledger.FinishNewAsync(account, "a", "Third"), "the item is not new").ConfigureAwait(false);
        Expect.That(Same(await ledger.OneAsync(account, "a").ConfigureAwait(false), second), "nothing to change");
    }

    private static async Task AtOnceAsync(LedgerUnderCheck ledger)
    {
        for (var round = 0; round < 3; round++)
        {
            var account = Some.Account();
            var news = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => ledger.FinishNewAsync(account, "a", at: Some.Time.AddMinutes(number)))).ConfigureAwait(false);
            Expect.That(news.All(answer => Same(answer, news[0])), "the first to be answered to all");
            var seconds = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => ledger.FinishAsync(news[number], "Second", Some.Time.AddMinutes(number)))).ConfigureAwait(false);
            Expect.That(seconds.All(answer => Same(answer, seconds[0])) && seconds[0].Version == 2, "the first of the second to be answered to all");
        }
    }

    private static async Task PruneAsync(LedgerUnderCheck ledger)
    {
        var account = Some.Account();
        await ledger.FinishNewAsync(account, "old", at: Old.AddSeconds(-1)).ConfigureAwait(false);
        await ledger.FinishNewAsync(account, "kept", at: Old).ConfigureAwait(false);
        await ledger.FailAsync(account, "parked", ParkingRules.Failure(at: Old.AddDays(-2), after: 1)).ConfigureAwait(false);
        await ledger.FailAsync(account, "old parked", ParkingRules.Failure(at: Old.AddDays(-4), after: 1)).ConfigureAwait(false);
        await ledger.FailAsync(account, "old parked", ParkingRules.Failure(at: Old.AddDays(1), after: 1)).ConfigureAwait(false);
        await ledger.PruneAllAsync(Old, Old.AddDays(-3)).ConfigureAwait(false);
        var kept = await ledger.FindOfAsync(account, "old", "kept", "parked", "old parked").ConfigureAwait(false);
        Expect.That(kept.Select(record => record.ItemKey).Order(StringComparer.Ordinal).SequenceEqual(["kept", "parked"]));
        await ledger.EraseAsync(account).ConfigureAwait(false);
    }

    private static async Task EraseAsync(LedgerUnderCheck ledger)
    {
        var (account, other) = (Some.Account(), Some.Account());
        await ledger.FinishNewAsync(account, "a").ConfigureAwait(false);
        await ledger.FailAsync(account, "b", ParkingRules.Failure(after: 1)).ConfigureAwait(false);
        await ledger.FinishNewAsync(other, "a").ConfigureAwait(false);
        await ledger.EraseAsync(account).ConfigureAwait(false);
        Expect.That((await ledger.FindOfAsync(account, "a", "b").ConfigureAwait(false)).Count == 0);
        Expect.That((await ledger.FindOfAsync(other, "a", "b").ConfigureAwait(false)).Count == 1);
    }

    private static bool Same(LedgerRecord one, LedgerRecord other) => one with { Finished = [] } == other with { Finished = [] } && one.Finished.SequenceEqual(other.Finished);
}
