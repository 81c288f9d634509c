using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Testing.Stores;

internal sealed class AttemptsUnderCheck(IServiceProvider services, CancellationToken cancellationToken)
{
    public Task<ConnectAttempt> ClaimAsync(ConnectAttempt attempt) => UseAsync(store => store.ClaimAsync(attempt, cancellationToken));

    public Task<ConnectAttempt> EndAsync(ConnectAttempt ended) => UseAsync(store => store.EndAsync(ended, cancellationToken));

    public Task<ConnectAttempt?> FindAsync(AccountId account, Guid id) => UseAsync(store => store.FindAsync(account, id, cancellationToken));

    public Task PruneAsync(DateTimeOffset claimedBefore) => UseAsync(async store =>
    {
        await store.PruneAsync(claimedBefore, cancellationToken).ConfigureAwait(false);
        return true;
    });

    public Task EraseAsync(AccountId account) => UseAsync(async store =>
    {
        await store.EraseAsync(account, cancellationToken).ConfigureAwait(false);
        return true;
    });

    private async Task<T> UseAsync<T>(Func<IConnectAttemptStore, Task<T>> use)
    {
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            return await use(scope.ServiceProvider.GetRequiredService<IConnectAttemptStore>()).ConfigureAwait(false);
    }
}
