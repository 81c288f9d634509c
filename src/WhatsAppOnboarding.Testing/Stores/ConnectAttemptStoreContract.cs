using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing.Stores;

namespace WhatsAppOnboarding.Testing;

/// <summary>What every <see cref="IConnectAttemptStore"/> must do. Independent of any test framework.</summary>
public static class ConnectAttemptStoreContract
{
    /// <summary>Checks the store that is registered in a host's services, with random accounts.</summary>
    /// <param name="services">The host's services: the root, or any scope.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="StoreContractException">The store breaks a rule; all that it breaks are named.</exception>
    public static Task CheckAsync(IServiceProvider services, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        return StoreRule<AttemptsUnderCheck>.RequireAsync(
            nameof(IConnectAttemptStore), AttemptRules.All, new AttemptsUnderCheck(services, cancellationToken), cancellationToken);
    }
}
