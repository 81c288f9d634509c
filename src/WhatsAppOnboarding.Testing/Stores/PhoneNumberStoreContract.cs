using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing.Stores;

namespace WhatsAppOnboarding.Testing;

/// <summary>What every <see cref="IPhoneNumberStore"/> must do. Independent of any test framework.</summary>
public static class PhoneNumberStoreContract
{
    /// <summary>
    /// Checks the store that is registered in a host's services, under the <c>SharedNumbers</c> policy that is configured there. Makes accounts
    /// and numbers with random ids and leaves some of them behind.
    /// </summary>
    /// <param name="services">The host's services: the root, or any scope.</param>
    /// <param name="createAccount">Adds an account to the host's own tables and returns its id, where copies are kept. Default: an id that nobody has.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="StoreContractException">The store breaks a rule; all that it breaks are named.</exception>
    public static Task CheckAsync(
        IServiceProvider services, Func<CancellationToken, Task<AccountId>>? createAccount = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        var policy = services.GetRequiredService<IOptions<WhatsAppOnboardingOptions>>().Value.SharedNumbers;
        return StoreRule<NumbersUnderCheck>.RequireAsync(
            nameof(IPhoneNumberStore),
            [
                .. ReadingRules.All,
                .. GrantorRules.All,
                .. WritingRules.All,
                .. ReferenceRules.All,
                .. MeetingRules.All,
                .. ErasingRules.All,
                .. policy is SharedNumbersPolicy.Refuse ? RefusingRules.All : SharingRules.All,
            ],
            new NumbersUnderCheck(services, createAccount, cancellationToken),
            cancellationToken);
    }
}
