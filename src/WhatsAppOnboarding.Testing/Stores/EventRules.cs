using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal static class EventRules
{
    public static IEnumerable<StoreRule<NumbersUnderCheck>> All =>
    [
        new("what a write reports is kept with it, and in order", KeepAsync),
        new("what is to be told besides is kept once, also for an account without numbers", AlsoAsync),
        new("a write that does not go through reports nothing", FailAsync),
        new("the oldest event is taken first, by one, and the next when it is handled or parked", TakeAsync),
        new("an event that failed waits for its next try, and those behind it wait, too", WaitAsync),
        new("events are listed since a time, and the parked ones by themselves", ListAsync),
        new("old events go, and those of an erased account", RemoveAsync),
    ];

    private static async Task KeepAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var number = Some.Connected(account);
        var write = await store.WriteAsync(account, number).ConfigureAwait(false);
        await store.WriteAsync(account, Some.Disconnected(number)).ConfigureAwait(false);

        var kept = await OfAsync(store, account).ConfigureAwait(false);
        Expect.That(write.After.Events.Any(one => one.Kind == AccountEvent.Connected && one.Numbers.Contains(number.PhoneNumberId)));
        Expect.That(kept.Count > write.After.Events.Count && kept.Take(write.After.Events.Count).Select(one => one.Event.Id).SequenceEqual(write.After.Events.Select(one => one.Id)));
        Expect.That(kept[^1].Event is { Kind: AccountEvent.Disconnected, Reason: "requested" } last && last.AccountId == account && last.Numbers.Single() == number.PhoneNumberId);
        Expect.That(kept.Select(one => one.Place).Distinct().Count() == kept.Count && kept.Select(one => one.Place).SequenceEqual(kept.Select(one => one.Place).Order()));
        Expect.That(kept.All(one => one is { NextAt: not null, Failures: 0, ParkedAt: null, Reason: null, Finished.Count: 0 }));
    }

    private static async Task AlsoAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var abandoned = new AccountEvent { Kind = AccountEvent.AttemptAbandoned, AccountId = account, At = Some.Time, Numbers = [], Reason = "interrupted" };
        await store.ChangeAsync(account, _ => [], [abandoned]).ConfigureAwait(false);
        var again = await store.ChangeAsync(account, _ => [], [abandoned]).ConfigureAwait(false);
        Expect.That(again.After.Events.Count == 0, "no event that is kept already");
        Expect.That((await OfAsync(store, account).ConfigureAwait(false)).Single().Event is { Reason: "interrupted", Numbers.Count: 0 });
        Expect.That((await store.ReadAsync(account).ConfigureAwait(false)).Reference is { WabaId: null, Version: 1 });
    }

    private static async Task FailAsync(NumbersUnderCheck store)
    {
        var (account, other) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        await Expect.ThrowsAsync<InvalidOperationException>(() => store.WriteAsync(account, Some.Connected(account), Some.Connected(other)), "it has a number of another account").ConfigureAwait(false);
        Expect.That((await OfAsync(store, account).ConfigureAwait(false)).Count == 0);
    }

    private static async Task TakeAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var now = await TwoAsync(store, account).ConfigureAwait(false);
        Expect.That((await WaitingAsync(store, now).ConfigureAwait(false)).Count(one => one == account) == 1);

        var takes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TakeAsync(store, account, now))).ConfigureAwait(false);
        var first = takes.OfType<StoredEvent>().Single();
        Expect.That(first.Event.Kind == AccountEvent.Connected && first.NextAt > now);
        Expect.That(!(await WaitingAsync(store, now).ConfigureAwait(false)).Contains(account), "nothing waiting while the oldest is taken");
        Expect.That(await UpdateAsync(store, first with { NextAt = null, Finished = ["one"] }, first.NextAt).ConfigureAwait(false));
        Expect.That(!await UpdateAsync(store, first with { NextAt = null }, first.NextAt).ConfigureAwait(false), "no word of a taker that is late");

        var second = await TakeAsync(store, account, now).ConfigureAwait(false);
        Expect.That(second is { Event.Kind: AccountEvent.Disconnected });
        await UpdateAsync(store, second! with { NextAt = null, ParkedAt = now, Failures = 20, Reason = "why" }, second.NextAt).ConfigureAwait(false);
        Expect.That(await TakeAsync(store, account, now.AddDays(1)).ConfigureAwait(false) is null);
        var kept = await OfAsync(store, account).ConfigureAwait(false);
        Expect.That(kept[0] is { NextAt: null, ParkedAt: null } && kept[0].Finished.Single() == "one");
        Expect.That(kept[1] is { NextAt: null, ParkedAt: not null, Failures: 20, Reason: "why" });
    }

    private static async Task WaitAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var now = await TwoAsync(store, account).ConfigureAwait(false);
        var first = (await TakeAsync(store, account, now).ConfigureAwait(false))!;
        await UpdateAsync(store, first with { NextAt = now.AddHours(1), Failures = 1, Reason = "why" }, first.NextAt).ConfigureAwait(false);

        Expect.That(await TakeAsync(store, account, now.AddMinutes(59)).ConfigureAwait(false) is null);
        Expect.That(!(await WaitingAsync(store, now.AddMinutes(59)).ConfigureAwait(false)).Contains(account));
        Expect.That((await WaitingAsync(store, now.AddHours(1)).ConfigureAwait(false)).Contains(account));
        Expect.That(await TakeAsync(store, account, now.AddHours(1)).ConfigureAwait(false) is { Failures: 1 } again && again.Place == first.Place);
    }

    private static async Task ListAsync(NumbersUnderCheck store)
    {
        var account = await store.NewAccountAsync().ConfigureAwait(false);
        var now = await TwoAsync(store, account).ConfigureAwait(false);
        Expect.That((await store.EventsAsync(events => events.ListAsync(account, now.AddMinutes(1), parked: false, 10)).ConfigureAwait(false)).Count == 0);
        Expect.That((await store.EventsAsync(events => events.ListAsync(account, null, parked: false, 1)).ConfigureAwait(false)).Single().Event.Kind == AccountEvent.Connected);
        Expect.That((await store.EventsAsync(events => events.ListAsync(account, null, parked: true, 10)).ConfigureAwait(false)).Count == 0);
        var first = (await TakeAsync(store, account, now).ConfigureAwait(false))!;
        await UpdateAsync(store, first with { NextAt = null, ParkedAt = now }, first.NextAt).ConfigureAwait(false);
        Expect.That((await store.EventsAsync(events => events.ListAsync(account, null, parked: true, 10)).ConfigureAwait(false)).Single().Place == first.Place);
        Expect.That((await store.EventsAsync(events => events.ListAsync(null, first.Event.At, parked: true, 10_000)).ConfigureAwait(false)).Any(one => one.Event.Id == first.Event.Id));
    }

    private static async Task RemoveAsync(NumbersUnderCheck store)
    {
        var (account, old) = (await store.NewAccountAsync().ConfigureAwait(false), await store.NewAccountAsync().ConfigureAwait(false));
        await TwoAsync(store, account).ConfigureAwait(false);
        var longAgo = Some.Time.AddYears(-50);
        await store.ChangeAsync(old, _ => [], [new AccountEvent { Kind = AccountEvent.AttemptAbandoned, AccountId = old, At = longAgo, Numbers = [] }]).ConfigureAwait(false);
        while (await store.EventsAsync(events => events.PruneAsync(longAgo.AddYears(1))).ConfigureAwait(false) > 0)
        {
        }

        Expect.That((await OfAsync(store, old).ConfigureAwait(false)).Count == 0 && (await OfAsync(store, account).ConfigureAwait(false)).Count == 2);
        await store.EraseAsync(account).ConfigureAwait(false);
        Expect.That((await OfAsync(store, account).ConfigureAwait(false)).Count == 0);
    }

    /// <summary>Two events: connected, disconnected. Returns a time at which both are to be tried.</summary>
    private static async Task<DateTimeOffset> TwoAsync(NumbersUnderCheck store, AccountId account)
    {
        var connected = await store.WriteAsync(account, Some.Well(Some.Connected(account))).ConfigureAwait(false);
        var gone = await store.WriteAsync(account, [.. connected.After.Numbers.Select(Some.Disconnected)]).ConfigureAwait(false);
        Expect.That(connected.After.Events.Count == 1 && gone.After.Events.Count == 1);
        return gone.After.Events[0].At.AddSeconds(1);
    }

    private static Task<StoredEvent?> TakeAsync(NumbersUnderCheck store, AccountId account, DateTimeOffset now) =>
        store.EventsAsync(events => events.TakeAsync(account, now, now.AddMinutes(1)));

    private static Task<bool> UpdateAsync(NumbersUnderCheck store, StoredEvent stored, DateTimeOffset? expected) => store.EventsAsync(events => events.UpdateAsync(stored, expected));

    private static Task<IReadOnlyList<StoredEvent>> OfAsync(NumbersUnderCheck store, AccountId account) => store.EventsAsync(events => events.ListAsync(account, null, parked: false, 100));

    /// <summary>All accounts with something to try, a hundred at most at a time.</summary>
    private static async Task<IReadOnlyList<AccountId>> WaitingAsync(NumbersUnderCheck store, DateTimeOffset now)
    {
        var found = new List<AccountId>();
        AccountId? last = null;
        while (await store.EventsAsync(events => events.FindWaitingAsync(now, last)).ConfigureAwait(false) is { Count: > 0 } more)
        {
            Expect.That(more.Count <= 100 && !more.Any(found.Contains), "a hundred at most, and none twice");
            found.AddRange(more);
            last = found[^1];
        }

        return found;
    }
}
