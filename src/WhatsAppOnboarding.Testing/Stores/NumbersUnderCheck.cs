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

    public Task<PhoneNumber?> FindAsync(AccountId account, PhoneNumberId number) => UseAsync(store => store.FindAsync(account, number, cancellationToken));

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(params PhoneNumberId[] numbers) => FindHeldAsync(new HeldNumbersQuery { Numbers = numbers });

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(params WabaId[] wabas) => FindHeldAsync(new HeldNumbersQuery { Wabas = wabas });

    public Task<IReadOnlyList<PhoneNumber>> FindGrantedByAsync(params string[] hashes) => FindHeldAsync(new HeldNumbersQuery { Grantors = hashes });

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(HeldNumbersQuery query) => UseAsync(store => store.FindHeldAsync(query, cancellationToken));

    public Task<IReadOnlyList<AccountId>> TakeDueAsync(DateTimeOffset now, DateTimeOffset until, int max = 100) =>
        UseAsync(store => store.TakeDueAsync(now, until, max, cancellationToken));

    public Task PostponeAsync(AccountId account, DateTimeOffset until) => _store.DoAsync((store, token) => store.PostponeAsync(account, until, token));

    public Task<int> MarkUnprovedAsync(DateTimeOffset at) => UseAsync(store => store.MarkUnprovedAsync(at, cancellationToken));

    public Task<int> CountUnprovedAsync() => UseAsync(store => store.CountUnprovedAsync(cancellationToken));

    public Task<T> EventsAsync<T>(Func<IAccountEventStore, Task<T>> use) => new StoreUnderCheck<IAccountEventStore>(services, cancellationToken).UseAsync((store, _) => use(store));

    public Task<PhoneNumberWrite> WriteAsync(AccountId account, params PhoneNumber[] numbers) => ChangeAsync(account, _ => numbers);

    public Task<PhoneNumberWrite> ChangeAsync(AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change) =>
        ChangeAsync(account, change, []);

    public Task<PhoneNumberWrite> ChangeAsync(AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, IReadOnlyList<AccountEvent> also) =>
        UseAsync(store => store.WriteAsync(account, change, also, cancellationToken));

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
