using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing.Stores;

namespace WhatsAppOnboarding.Testing;

/// <summary>What every <see cref="INumberBudget"/> must do. Independent of any test framework.</summary>
public static class NumberBudgetContract
{
    /// <summary>Checks the budget that is registered in a host's services, with random numbers.</summary>
    /// <param name="services">The host's services: the root, or any scope.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="StoreContractException">The budget breaks a rule; all that it breaks are named.</exception>
    public static Task CheckAsync(IServiceProvider services, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        return StoreRule<BudgetUnderCheck>.RequireAsync(
            nameof(INumberBudget), BudgetRules.All, new BudgetUnderCheck(services, cancellationToken), cancellationToken);
    }
}
