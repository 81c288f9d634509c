using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Testing.Stores;

internal sealed class BudgetUnderCheck(IServiceProvider services, CancellationToken cancellationToken)
{
    public Task<NumberAllowance> TakeAsync(PhoneNumberId number, NumberCallLimit limit, DateTimeOffset at) =>
        UseAsync(budget => budget.TakeAsync(number, limit, at, cancellationToken));

    public Task<NumberAllowance> ReadAsync(PhoneNumberId number, NumberCallLimit limit, DateTimeOffset at) =>
        UseAsync(budget => budget.ReadAsync(number, limit, at, cancellationToken));

    public Task<int> PruneAsync(DateTimeOffset before) => UseAsync(budget => budget.PruneAsync(before, cancellationToken));

    private async Task<T> UseAsync<T>(Func<INumberBudget, Task<T>> use)
    {
        var scope = services.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            return await use(scope.ServiceProvider.GetRequiredService<INumberBudget>()).ConfigureAwait(false);
    }
}
