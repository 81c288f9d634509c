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
        Task.FromResult<IReadOnlyList<PhoneNumber>>([.. Numbers.Where(query.Matches).Select(number => number with { Token = null, Pins = [] })]);

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
            memory.Accounts[account] = after with { Events = [] };
            return new PhoneNumberWrite { Before = before, After = after };
        }
        finally
        {
            memory.Writing.Release();
        }
    }

    public async Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        await memory.Writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        memory.Accounts.TryRemove(account, out _);
        memory.Events.Erase(account);
        memory.Writing.Release();
    }

    public Task<IReadOnlyList<AccountId>> FindWaitingAsync(DateTimeOffset now, AccountId? after, CancellationToken cancellationToken) => memory.Events.FindWaitingAsync(now, after);

    public Task<StoredEvent?> TakeAsync(AccountId account, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) => memory.Events.TakeAsync(account, now, until);

    public Task<bool> UpdateAsync(StoredEvent stored, DateTimeOffset? expected, CancellationToken cancellationToken) => memory.Events.UpdateAsync(stored, expected);

    public Task<IReadOnlyList<StoredEvent>> ListAsync(AccountId? account, DateTimeOffset? since, bool parked, int max, CancellationToken cancellationToken) =>
        memory.Events.ListAsync(account, since, parked, max);

    public Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken) => memory.Events.PruneAsync(before);

    private IEnumerable<PhoneNumber> Numbers => memory.Accounts.Values.SelectMany(account => account.Numbers);

    private AccountPhoneNumbers Read(AccountId account) => memory.Accounts.GetValueOrDefault(account) ?? AccountPhoneNumbers.None(account);

    private IReadOnlyList<PhoneNumberId> HeldElsewhere(AccountPhoneNumbers after) => options.Value.SharedNumbers is SharedNumbersPolicy.Allow
        ? []
        : [.. Numbers
            .Where(number => number.IsHeld && number.AccountId != after.Reference.AccountId && after.Find(number.PhoneNumberId) is { IsHeld: true })
            .Select(number => number.PhoneNumberId)];
}

/// <summary>What the store in memory keeps: a singleton, where the store is scoped as any other.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the process, and so does what it holds.")]
internal sealed class InMemoryPhoneNumbers
{
    public ConcurrentDictionary<AccountId, AccountPhoneNumbers> Accounts { get; } = new();

    public InMemoryAccountEvents Events { get; } = new();

    public SemaphoreSlim Writing { get; } = new(1, 1);
}
