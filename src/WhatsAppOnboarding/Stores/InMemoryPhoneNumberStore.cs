using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Stores;

/// <summary>Keeps the authority in this process: for tests and first steps. One write at a time, for all accounts.</summary>
internal sealed class InMemoryPhoneNumberStore(
    InMemoryPhoneNumbers memory, IEnumerable<IAccountWabaReferenceSync> syncs, IOptions<WhatsAppOnboardingOptions> options) : IPhoneNumberStore
{
    private const int AccountsAtOnce = 100;

    public Task<AccountPhoneNumbers> ReadAsync(AccountId account, CancellationToken cancellationToken) => Task.FromResult(Read(account));

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(HeldNumbersQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PhoneNumber>>([.. Numbers.Where(query.Matches).Select(number => number with { Token = null, Pins = [] })]);

    public Task<IReadOnlyList<AccountId>> FindAccountsAsync(AccountsWith with, DateTimeOffset at, AccountId? after, CancellationToken cancellationToken)
    {
        var found = with switch
        {
            AccountsWith.OverdueToken => Numbers.Where(number => number.IsOverdue(at)),
            AccountsWith.PausedNumber => Numbers.Where(number => number.State is NumberState.Paused),
            _ => Numbers.Where(number => number.IsHeld).GroupBy(number => number.PhoneNumberId).Where(holders => holders.Skip(1).Any())
                .SelectMany(holders => holders).Where(number => !number.Evidence.IsAnsweredSince(at)),
        };
        return Task.FromResult<IReadOnlyList<AccountId>>(
        [
            .. found
                .Select(number => number.AccountId)
                .Distinct()
                .OrderBy(account => account.ToString(), StringComparer.Ordinal)
                .Where(account => after is not { } last || string.CompareOrdinal(account.ToString(), last.ToString()) > 0)
                .Take(AccountsAtOnce),
        ]);
    }

    public async Task<PhoneNumberWrite> WriteAsync(
        AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, CancellationToken cancellationToken)
    {
        await memory.Writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var before = Read(account);
            var changed = change(before);
            if (changed.Count == 0 && before.Reference.WabaId == AccountWabaReference.Derive(before.Numbers))
                return new PhoneNumberWrite { Before = before, After = before };

            var after = before.With(changed);
            if (HeldElsewhere(after) is { Count: > 0 } taken)
                return new PhoneNumberWrite { Before = before, After = before, HeldElsewhere = taken };

            foreach (var sync in syncs)
                await sync.StageAsync(after.Reference, cancellationToken).ConfigureAwait(false);
            memory.Accounts[account] = after;
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
        memory.Writing.Release();
    }

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

    public SemaphoreSlim Writing { get; } = new(1, 1);
}
