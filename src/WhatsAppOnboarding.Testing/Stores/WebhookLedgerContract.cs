using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing.Stores;

namespace WhatsAppOnboarding.Testing;

/// <summary>What every <see cref="IWebhookLedger"/> must do. Independent of any test framework.</summary>
/// <remarks>That what a handler staged is committed with its finish, and only then, depends on how the host stages; check that in tests of your own.</remarks>
public static class WebhookLedgerContract
{
    /// <summary>Checks the ledger that is registered in a host's services, with random accounts.</summary>
    /// <param name="services">The host's services: the root, or any scope.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="StoreContractException">The ledger breaks a rule; all that it breaks are named.</exception>
    public static Task CheckAsync(IServiceProvider services, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        return StoreRule<LedgerUnderCheck>.RequireAsync(
            nameof(IWebhookLedger), [.. LedgerRules.All, .. ParkingRules.All], new LedgerUnderCheck(services, cancellationToken), cancellationToken);
    }
}
