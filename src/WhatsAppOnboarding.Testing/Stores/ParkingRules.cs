using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class ParkingRules
{
    public const string Payload = """{"entry":["\u0000 \ud83d\ude00 😀"]}""";

    public static IEnumerable<StoreRule<LedgerUnderCheck>> All =>
    [
        new("failures are counted, and the payload is kept only from the failure on that parks", CountedAsync),
        new("an item is parked when it has failed for long enough", TimeAsync),
        new("of many failures at once each counts", AtOnceAsync),
        new("a failure of a handler that has finished counts for nothing", FinishedAsync),
        new("a parked item that fails again keeps its time and its payload and takes the new reason", AgainAsync),
        new("unparking ends it once, and what is named counts as finished", UnparkAsync),
    ];

    public static LedgerFailure Failure(string handler = "Second", DateTimeOffset? at = null, int after = 3, string reason = "IOException: why 😀") =>
        new() { Handler = handler, Reason = reason, At = at ?? Some.Time, Payload = Payload, ParkAfterFailures = after, ParkAfter = TimeSpan.FromHours(24) };

    private static async Task CountedAsync(LedgerUnderCheck ledger)
    {
        var account = Some.Account();
        await ledger.FinishNewAsync(account, "a").ConfigureAwait(false);
        var first = await ledger.FailAsync(account, "a", Failure()).ConfigureAwait(false);
        var second = await ledger.FailAsync(account, "a", Failure(at: Some.Time.AddMinutes(1), reason: new string('r', 1000))).ConfigureAwait(false);
        Expect.That(first is { Failures: 1, IsParked: false, Payload: null, FailedHandler: "Second", Reason: "IOException: why 😀" } && first.FirstFailedAt == Some.Time, "the first failure");
        Expect.That(second is { Failures: 2, IsParked: false, Payload: null, Reason.Length: 1000 } && second.FirstFailedAt == Some.Time, "the second failure");
        var third = await ledger.FailAsync(account, "a", Failure(at: Some.Time.AddMinutes(2))).ConfigureAwait(false);
        var found = await ledger.OneAsync(account, "a").ConfigureAwait(false);
        foreach (var parked in (LedgerRecord[])[third, found])
        {
            Expect.That(parked is { Failures: 3, Payload: Payload, Version: 4 } && parked.ParkedAt == Some.Time.AddMinutes(2) && parked.TouchedAt == parked.ParkedAt, "one that is parked");
            Expect.That(parked.Finished.SequenceEqual(["First"]), "what had finished before");
        }
    }

    private static async Task TimeAsync(LedgerUnderCheck ledger)
    {
        var account = Some.Account();
        await ledger.FailAsync(account, "a", Failure(after: 100)).ConfigureAwait(false);
        Expect.That(!(await ledger.FailAsync(account, "a", Failure(at: Some.Time.AddHours(23), after: 100)).ConfigureAwait(false)).IsParked);
        Expect.That((await ledger.FailAsync(account, "a", Failure(at: Some.Time.AddHours(24), after: 100)).ConfigureAwait(false)) is { IsParked: true, Failures: 3 });
    }

    private static async Task AtOnceAsync(LedgerUnderCheck ledger)
    {
        var account = Some.Account();
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ledger.FailAsync(account, "a", Failure(after: 6)))).ConfigureAwait(false);
        Expect.That((await ledger.OneAsync(account, "a").ConfigureAwait(false)) is { Failures: 6, IsParked: true });
    }

    private static async Task FinishedAsync(LedgerUnderCheck ledger)
    {
        var account = Some.Account();
        await ledger.FinishNewAsync(account, "a").ConfigureAwait(false);
        var record = await ledger.FailAsync(account, "a", Failure("First", after: 1)).ConfigureAwait(false);
        Expect.That(record is { Failures: 0, IsParked: false, Version: 1 });
        Expect.That((await ledger.OneAsync(account, "a").ConfigureAwait(false)) is { Failures: 0, IsParked: false, Version: 1 });
    }

    private static async Task AgainAsync(LedgerUnderCheck ledger)
    {
        var account = Some.Account();
        await ledger.FailAsync(account, "a", Failure(after: 1)).ConfigureAwait(false);
        var again = await ledger.FailAsync(account, "a", Failure("Third", Some.Time.AddDays(1), 100, "new") with { Payload = "other" }).ConfigureAwait(false);
        Expect.That(again is { Failures: 2, Payload: Payload, Reason: "new", FailedHandler: "Third" } && again.ParkedAt == Some.Time && again.TouchedAt == Some.Time.AddDays(1));
    }

    private static async Task UnparkAsync(LedgerUnderCheck ledger)
    {
        var account = Some.Account();
        Expect.That(!await ledger.UnparkAsync(account, "unknown", Some.Time).ConfigureAwait(false));
        Expect.That((await ledger.FindOfAsync(account, "unknown").ConfigureAwait(false)).Count == 0);
        var failed = await ledger.FailAsync(account, "a", Failure(after: 1)).ConfigureAwait(false);
        await ledger.FinishAsync(failed, "First").ConfigureAwait(false);
        Expect.That(await ledger.UnparkAsync(account, "a", Some.Time.AddDays(1), "First", "Second").ConfigureAwait(false));
        Expect.That(!await ledger.UnparkAsync(account, "a", Some.Time.AddDays(2), "Third").ConfigureAwait(false));
        var record = await ledger.OneAsync(account, "a").ConfigureAwait(false);
        Expect.That(record is { IsParked: false, Payload: null } && record.Finished.SequenceEqual(["First", "Second"]) && record.TouchedAt == Some.Time.AddDays(1));
    }
}
