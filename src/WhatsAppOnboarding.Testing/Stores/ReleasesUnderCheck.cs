using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal sealed class ReleasesUnderCheck(IServiceProvider services, CancellationToken cancellationToken)
{
    public Task RecordAsync(WabaId waba, DateTimeOffset at) => UseAsync(async log =>
    {
        await log.RecordAsync(waba, at, cancellationToken).ConfigureAwait(false);
        return true;
    });

    public Task<IReadOnlyCollection<WabaId>> FindSinceAsync(DateTimeOffset since, params WabaId[] wabas) =>
        UseAsync(log => log.FindSinceAsync(wabas, since, cancellationToken));

    public Task PruneAsync(DateTimeOffset before) => UseAsync(async log =>
    {
        await log.PruneAsync(before, cancellationToken).ConfigureAwait(false);
        return true;
    });

    private async Task<T> UseAsync<T>(Func<IReleaseLog, Task<T>> use)
    {
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            return await use(scope.ServiceProvider.GetRequiredService<IReleaseLog>()).ConfigureAwait(false);
    }
}
