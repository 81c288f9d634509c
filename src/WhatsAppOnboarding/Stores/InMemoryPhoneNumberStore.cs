using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Stores;

/// <summary>Keeps the authority in this process: for tests and first steps. One write at a time, for all accounts.</summary>
internal sealed class InMemoryPhoneNumberStore(
    InMemoryPhoneNumbers memory, IEnumerable<IAccountWabaReferenceSync> syncs, IOptions<WhatsAppOnboardingOptions> options, TimeProvider time)
    : IPhoneNumberStore, IAccountEventStore
{
    public Task<AccountPhoneNumbers> ReadAsync(AccountId account, CancellationToken cancellationToken) => Task.FromResult(Read(account));

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(HeldNumbersQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PhoneNumber>>([.. Of(memory.HoldersOf([.. query.Numbers, .. query.Wabas, .. query.Grantors])).Where(query.Matches).Select(number => number with { Token = null, Pins = [] })]);

    public Task<IReadOnlyList<AccountId>> TakeDueAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken)
    {
        AccountId[] due = [.. memory.Accounts.Values.Where(account => account.Reference.DueAt <= now).OrderBy(account => account.Reference.DueAt).Select(account => account.Reference.AccountId)];
        return Task.FromResult<IReadOnlyList<AccountId>>([.. due.Where(account => Postpone(account, until, now)).Take(max)]);
    }

    public Task PostponeAsync(AccountId account, DateTimeOffset until, CancellationToken cancellationToken)
    {
        Postpone(account, until, DateTimeOffset.MaxValue);
        return Task.CompletedTask;
    }

    /// <summary>Whether it was due at that time, and so is postponed.</summary>
    private bool Postpone(AccountId account, DateTimeOffset until, DateTimeOffset dueAt)
    {
        while (memory.Accounts.TryGetValue(account, out var found) && found.Reference.DueAt <= dueAt)
        {
            if (memory.Accounts.TryUpdate(account, found.DueNext(until), found))
                return true;
        }

        return false;
    }

    public async Task<PhoneNumberWrite> WriteAsync(
        AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, IReadOnlyList<AccountEvent>? also, CancellationToken cancellationToken)
    {
        await memory.Writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var before = Read(account);
            var changed = change(before);
            AccountEvent[] unknown = [.. also?.Where(one => !memory.Events.Keeps(account, one.Id)) ?? []];
            if (changed.Count == 0 && unknown.Length == 0 && before.Reference.WabaId == AccountWabaReference.Derive(before.Numbers))
                return new PhoneNumberWrite { Before = before, After = before };

            var after = before.With(changed, time.GetUtcNow(), unknown);
            if (HeldElsewhere(after) is { Count: > 0 } taken)
                return new PhoneNumberWrite { Before = before, After = before, HeldElsewhere = taken };

            foreach (var sync in syncs)
                await sync.StageAsync(after.Reference, cancellationToken).ConfigureAwait(false);
            memory.Events.Add(StoredEvent.Of(after));
            memory.Keep(before, after with { Events = [] });
            return new PhoneNumberWrite { Before = before, After = after };
        }
        finally
        {
            memory.Writing.Release();
        }
    }

    public async Task<int> MarkUnprovedAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        await memory.Writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return memory.Accounts.Values.Sum(account => memory.MarkUnproved(account, at));
        }
        finally
        {
            memory.Writing.Release();
        }
    }

    public Task<int> CountUnprovedAsync(CancellationToken cancellationToken) => Task.FromResult(memory.Accounts.Values.Sum(account =>
        account.Numbers.Count(number => number is { IsHeld: true, UnprovedSince: not null } && !(number.Evidence.RefusedAt >= number.UnprovedSince))));

    public async Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        await memory.Writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        memory.Erase(account);
        memory.Writing.Release();
    }

    public Task<IReadOnlyList<AccountId>> FindWaitingAsync(DateTimeOffset now, AccountId? after, CancellationToken cancellationToken) => memory.Events.FindWaitingAsync(now, after);

    public Task<StoredEvent?> TakeAsync(AccountId account, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) => memory.Events.TakeAsync(account, now, until);

    public Task<bool> UpdateAsync(StoredEvent stored, DateTimeOffset? expected, CancellationToken cancellationToken) => memory.Events.UpdateAsync(stored, expected);

    public Task<IReadOnlyList<StoredEvent>> ListAsync(AccountId? account, DateTimeOffset? since, bool parked, int max, CancellationToken cancellationToken) =>
        memory.Events.ListAsync(account, since, parked, max);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => memory.Events.PruneAsync(before);

    private IEnumerable<PhoneNumber> Of(IEnumerable<AccountId> accounts) => accounts.SelectMany(account => Read(account).Numbers);

    private AccountPhoneNumbers Read(AccountId account) => memory.Accounts.GetValueOrDefault(account) ?? AccountPhoneNumbers.None(account);

    private IReadOnlyList<PhoneNumberId> HeldElsewhere(AccountPhoneNumbers after) => options.Value.SharedNumbers is SharedNumbersPolicy.Allow
        ? []
        : [.. Of(memory.HoldersOf([.. after.Numbers.Where(number => number.IsHeld).Select(number => number.PhoneNumberId)]))
            .Where(number => number.IsHeld && number.AccountId != after.Reference.AccountId && after.Find(number.PhoneNumberId) is { IsHeld: true })
            .Select(number => number.PhoneNumberId)];
}

/// <summary>What the store in memory keeps: a singleton, where the store is scoped as any other.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the process, and so does what it holds.")]
internal sealed class InMemoryPhoneNumbers
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, HashSet<AccountId>> _holders = [];

    public ConcurrentDictionary<AccountId, AccountPhoneNumbers> Accounts { get; } = new();

    public InMemoryAccountEvents Events { get; } = new();

    public SemaphoreSlim Writing { get; } = new(1, 1);

    /// <summary>The accounts that hold a number with one of these ids, of one of these WABAs or by one of these grantors: to find them takes no longer the more accounts there are.</summary>
    public IReadOnlyCollection<AccountId> HoldersOf(IReadOnlyCollection<object> names)
    {
        lock (_gate)
            return [.. names.SelectMany(name => _holders.GetValueOrDefault(name) ?? []).Distinct()];
    }

    public void Keep(AccountPhoneNumbers before, AccountPhoneNumbers after)
    {
        var account = after.Reference.AccountId;
        Accounts[account] = after;
        Name(account, NamesOf(before), NamesOf(after));
    }

    public int MarkUnproved(AccountPhoneNumbers account, DateTimeOffset at)
    {
        var marked = account.Numbers.Where(IsOf).Count();
        if (marked > 0)
            Keep(account, new AccountPhoneNumbers(account.Reference with { DueAt = at, Version = account.Reference.Version + 1 }, [.. account.Numbers.Select(number => IsOf(number) ? number with { UnprovedSince = at } : number)]));
        return marked;

        bool IsOf(PhoneNumber number) => number.Token is not null && number.ConnectedAt <= at;
    }

    public void Erase(AccountId account)
    {
        if (Accounts.TryRemove(account, out var erased))
            Name(account, NamesOf(erased), []);
        Events.Erase(account);
    }

    private static HashSet<object> NamesOf(AccountPhoneNumbers account) =>
        [.. account.Numbers.Where(number => number.IsHeld).SelectMany(number => new object?[] { number.PhoneNumberId, number.WabaId, number.GrantedBy }).OfType<object>()];

    private void Name(AccountId account, HashSet<object> before, HashSet<object> after)
    {
        lock (_gate)
        {
            foreach (var name in before.Except(after))
            {
                if (_holders.TryGetValue(name, out var holders) && holders.Remove(account) && holders.Count == 0)
                    _holders.Remove(name);
            }

            foreach (var name in after)
            {
                if (!_holders.TryGetValue(name, out var holders))
                    _holders[name] = holders = [];
                holders.Add(account);
            }
        }
    }
}
