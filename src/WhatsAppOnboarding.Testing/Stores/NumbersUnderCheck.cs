using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal sealed class NumbersUnderCheck(
    IServiceProvider services, Func<CancellationToken, Task<AccountId>>? createAccount, CancellationToken cancellationToken)
{
    private readonly StoreUnderCheck<IPhoneNumberStore> _store = new(services, cancellationToken);

    public bool AccountsAreOurs => createAccount is null;

    public Task<AccountId> NewAccountAsync() => createAccount?.Invoke(cancellationToken) ?? Task.FromResult(Some.Account());

    public Task<AccountPhoneNumbers> ReadAsync(AccountId account) => UseAsync(store => store.ReadAsync(account, cancellationToken));

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(params PhoneNumberId[] numbers) => FindHeldAsync(new HeldNumbersQuery { Numbers = numbers });

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(params WabaId[] wabas) => FindHeldAsync(new HeldNumbersQuery { Wabas = wabas });

    public Task<IReadOnlyList<PhoneNumber>> FindGrantedByAsync(params string[] hashes) => FindHeldAsync(new HeldNumbersQuery { Grantors = hashes });

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(HeldNumbersQuery query) => UseAsync(store => store.FindHeldAsync(query, cancellationToken));

    /// <summary>All accounts that a query finds, a hundred at most at a time.</summary>
    public async Task<IReadOnlyList<AccountId>> FindAccountsAsync(AccountsWith with, DateTimeOffset at = default)
    {
        var found = new List<AccountId>();
        AccountId? last = null;
        while (await UseAsync(store => store.FindAccountsAsync(with, at, last, cancellationToken)).ConfigureAwait(false) is { Count: > 0 } more)
        {
            Expect.That(more.Count <= 100 && !more.Any(found.Contains), "a hundred at most, and none twice");
            found.AddRange(more);
            last = found[^1];
        }

        return found;
    }

    public Task<PhoneNumberWrite> WriteAsync(AccountId account, params PhoneNumber[] numbers) => ChangeAsync(account, _ => numbers);

    public Task<PhoneNumberWrite> ChangeAsync(AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change) =>
        UseAsync(store => store.WriteAsync(account, change, cancellationToken));

    public Task EraseAsync(AccountId account) => _store.DoAsync((store, token) => store.EraseAsync(account, token));

    public Task<T> UseAsync<T>(Func<IPhoneNumberStore, Task<T>> use) => _store.UseAsync((store, _) => use(store));

    /// <summary>All copies that the host keeps of the account's reference.</summary>
    public async Task<IReadOnlyList<WabaId?>> ReadCopiesAsync(AccountId account)
    {
        var copies = new List<WabaId?>();
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
        {
            foreach (var sync in scope.ServiceProvider.GetServices<IAccountWabaReferenceSync>())
                copies.AddRange(await sync.ReadCopiesAsync(account, cancellationToken).ConfigureAwait(false));
        }

        return copies;
    }
}
