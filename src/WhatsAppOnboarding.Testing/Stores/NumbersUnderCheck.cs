using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

/// <summary>The store as the library uses it: resolved in a scope of its own for every call.</summary>
internal sealed class NumbersUnderCheck(
    IServiceProvider services, Func<CancellationToken, Task<AccountId>>? createAccount, CancellationToken cancellationToken)
{
    public bool AccountsAreOurs => createAccount is null;

    public Task<AccountId> NewAccountAsync() => createAccount?.Invoke(cancellationToken) ?? Task.FromResult(Some.Account());

    public Task<AccountPhoneNumbers> ReadAsync(AccountId account) => UseAsync(store => store.ReadAsync(account, cancellationToken));

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(params PhoneNumberId[] numbers) =>
        UseAsync(store => store.FindHeldAsync(numbers, cancellationToken));

    public Task<IReadOnlyList<PhoneNumber>> FindHeldAsync(params WabaId[] wabas) => UseAsync(store => store.FindHeldAsync(wabas, cancellationToken));

    public Task<IReadOnlyList<PhoneNumber>> FindGrantedByAsync(params string[] hashes) => UseAsync(store => store.FindGrantedByAsync(hashes, cancellationToken));

    public Task<IReadOnlyList<AccountId>> FindOverdueAsync(DateTimeOffset now) => UseAsync(store => store.FindOverdueAsync(now, cancellationToken));

    public Task<IReadOnlyList<AccountId>> FindPausedAsync(AccountId? after) => UseAsync(store => store.FindPausedAsync(after, cancellationToken));

    public Task<IReadOnlyList<AccountId>> FindSharedAsync(DateTimeOffset answeredBefore, AccountId? after) =>
        UseAsync(store => store.FindSharedAsync(answeredBefore, after, cancellationToken));

    public Task<PhoneNumberWrite> WriteAsync(AccountId account, params PhoneNumber[] numbers) => ChangeAsync(account, _ => numbers);

    public Task<PhoneNumberWrite> ChangeAsync(AccountId account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change) =>
        UseAsync(store => store.WriteAsync(account, change, cancellationToken));

    public Task<bool> EraseAsync(AccountId account) => UseAsync(async store =>
    {
        await store.EraseAsync(account, cancellationToken).ConfigureAwait(false);
        return true;
    });

    public async Task<T> UseAsync<T>(Func<IPhoneNumberStore, Task<T>> use)
    {
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            return await use(scope.ServiceProvider.GetRequiredService<IPhoneNumberStore>()).ConfigureAwait(false);
    }

    /// <summary>All copies that hosts asked for, where they have a row for the account.</summary>
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
