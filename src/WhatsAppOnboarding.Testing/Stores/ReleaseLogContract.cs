using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing.Stores;

namespace WhatsAppOnboarding.Testing;

/// <summary>What every <see cref="IReleaseLog"/> must do. Independent of any test framework.</summary>
public static class ReleaseLogContract
{
    /// <summary>Checks the log that is registered in a host's services, with random WABAs.</summary>
    /// <param name="services">The host's services: the root, or any scope.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="StoreContractException">The log breaks a rule; all that it breaks are named.</exception>
    public static Task CheckAsync(IServiceProvider services, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        return StoreRule<ReleasesUnderCheck>.RequireAsync(
            nameof(IReleaseLog), ReleaseRules.All, new ReleasesUnderCheck(services, cancellationToken), cancellationToken);
    }
}
