using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Configuration;

namespace WhatsAppOnboarding.Stores;

/// <summary>Keeps the authority in this process: for tests and first steps. One write at a time, for all accounts.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the process; a scope that hands it out must not dispose of it.")]
internal sealed class InMemoryPhoneNumberStore(IServiceScopeFactory scopes, PhoneNumberWrites writes, IOptions<AuthorityOptions> options) : IPhoneNumberStore
{
    private readonly ConcurrentDictionary<AccountId, AccountPhoneNumbers> _accounts = new();
    private readonly SemaphoreSlim _writing = new(1, 1);

    public Task<AccountPhoneNumbers> ReadAsync(AccountId account, CancellationToken cancellationToken) => Task.FromResult(Read(account));

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(IReadOnlyCollection<PhoneNumberId> numbers, CancellationToken cancellationToken) =>
        Task.FromResult(Held(number => numbers.Contains(number.PhoneNumberId)));

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(IReadOnlyCollection<WabaId> wabas, CancellationToken cancellationToken) =>
        Task.FromResult(Held(number => wabas.Contains(number.WabaId)));

    public Task<IReadOnlyList<PhoneNumber>> FindGrantedByAsync(IReadOnlyCollection<string> hashes, CancellationToken cancellationToken) =>
        Task.FromResult(Held(number => number.GrantedBy is { } hash && hashes.Contains(hash)));

    public Task<IReadOnlyList<AccountId>> FindOverdueAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AccountId>>(
            [.. _accounts.Values.Where(account => account.Numbers.Any(number => number.IsOverdue(now))).Select(account => account.Reference.AccountId).Take(100)]);

    public Task<IReadOnlyList<AccountId>> FindPausedAsync(AccountId? after, CancellationToken cancellationToken) =>
        Task.FromResult(Page(_accounts.Values.SelectMany(account => account.Numbers).Where(number => number.State is NumberState.Paused), after));

    public Task<IReadOnlyList<AccountId>> FindSharedAsync(DateTimeOffset answeredBefore, AccountId? after, CancellationToken cancellationToken) =>
        Task.FromResult(Page(
            Held(_ => true).GroupBy(number => number.PhoneNumberId).Where(holders => holders.Count() > 1).SelectMany(holders => holders)
                .Where(number => !number.Evidence.IsAnsweredSince(answeredBefore)),
            after));

    public async Task<PhoneNumberWrite> WriteAsync(
        AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var before = Read(account);
            var changed = change(before);
            if (changed.Count == 0 && before.Reference.WabaId == AccountWabaReference.Derive(before.Numbers))
                return new PhoneNumberWrite(before, before, []);

            var after = before.With(changed);
            if (HeldElsewhere(after) is { Count: > 0 } taken)
                return new PhoneNumberWrite(before, before, taken);

            await StageAsync(after.Reference, cancellationToken).ConfigureAwait(false);
            _accounts[account] = after;
            writes.Committed();
            return new PhoneNumberWrite(before, after, []);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async Task EraseAsync(AccountId account, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        _accounts.TryRemove(account, out _);
        writes.Committed();
        _writing.Release();
    }

    private AccountPhoneNumbers Read(AccountId account) => _accounts.GetValueOrDefault(account) ?? AccountPhoneNumbers.None(account);

    private IReadOnlyList<PhoneNumber> Held(Func<PhoneNumber, bool> matches) =>
        [.. _accounts.Values.SelectMany(account => account.Numbers)
            .Where(number => number.IsHeld && matches(number))
            .Select(number => number with { Token = null, Pins = [] })];

    private static IReadOnlyList<AccountId> Page(IEnumerable<PhoneNumber> found, AccountId? after) =>
        [.. found
            .Select(number => number.AccountId)
            .Distinct()
            .OrderBy(account => account.ToString(), StringComparer.Ordinal)
            .Where(account => after is not { } last || string.CompareOrdinal(account.ToString(), last.ToString()) > 0)
            .Take(100)];

    private IReadOnlyList<PhoneNumberId> HeldElsewhere(AccountPhoneNumbers after) => options.Value.SharedNumbers is SharedNumbersPolicy.Allow
        ? []
        : [.. Held(number => number.AccountId != after.Reference.AccountId && after.Find(number.PhoneNumberId) is { IsHeld: true })
            .Select(number => number.PhoneNumberId)];

    private async Task StageAsync(AccountWabaReference reference, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            foreach (var sync in scope.ServiceProvider.GetServices<IAccountWabaReferenceSync>())
                await sync.StageAsync(reference, cancellationToken).ConfigureAwait(false);
        }
    }
}
