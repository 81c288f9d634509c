using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal sealed class AttemptsUnderCheck(IServiceProvider services, CancellationToken cancellationToken)
{
    public Task<ConnectAttempt> ClaimAsync(ConnectAttempt attempt) => UseAsync(store => store.ClaimAsync(attempt, cancellationToken));

    public Task NoteAsync(ConnectAttempt running) => DoAsync(store => store.NoteAsync(running, cancellationToken));

    public Task<ConnectAttempt> EndAsync(ConnectAttempt ended) => UseAsync(store => store.EndAsync(ended, cancellationToken));

    public Task<ConnectAttempt?> FindAsync(AccountId account, Guid id) => UseAsync(store => store.FindAsync(account, id, cancellationToken));

    public Task<IReadOnlyList<ConnectAttempt>> ListAsync(AccountId account, int max) => UseAsync(store => store.ListAsync(account, max, cancellationToken));

    public Task WipeAsync(AccountId account, Guid id) => DoAsync(store => store.WipeAsync(account, id, cancellationToken));

    public Task WipeOverdueAsync(DateTimeOffset now) => DoAsync(store => store.WipeOverdueAsync(now, cancellationToken));

    public Task PruneAsync(DateTimeOffset claimedBefore) => DoAsync(store => store.PruneAsync(claimedBefore, cancellationToken));

    public Task EraseAsync(AccountId account) => DoAsync(store => store.EraseAsync(account, cancellationToken));

    private Task<bool> DoAsync(Func<IConnectAttemptStore, Task> use) => UseAsync(async store =>
    {
        await use(store).ConfigureAwait(false);
        return true;
    });

    private async Task<T> UseAsync<T>(Func<IConnectAttemptStore, Task<T>> use)
    {
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            return await use(scope.ServiceProvider.GetRequiredService<IConnectAttemptStore>()).ConfigureAwait(false);
    }
}
