using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.PhoneNumbers;
using WhatsAppOnboarding.Steps;

namespace WhatsAppOnboarding;

/// <summary>Registers the library.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Registers everything with stores in memory; safe to call more than once. A store package replaces the stores.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The section <c>WhatsAppOnboarding</c>.</param>
    public static WhatsAppOnboardingBuilder AddWhatsAppOnboarding(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);

        services.AddOptions<WhatsAppOnboardingOptions>().Bind(configuration);
        services.AddOptions<AuthorityOptions>()
            .Configure<IOptions<WhatsAppOnboardingOptions>>((authority, options) => authority.SharedNumbers = options.Value.SharedNumbers);

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<InMemoryPhoneNumberStore>();
        services.TryAddScoped<IPhoneNumberStore>(provider => provider.GetRequiredService<InMemoryPhoneNumberStore>());
        services.TryAddSingleton<InMemoryConnectAttemptStore>();
        services.TryAddScoped<IConnectAttemptStore>(provider => provider.GetRequiredService<InMemoryConnectAttemptStore>());
        services.TryAddSingleton<InMemoryReleaseLog>();
        services.TryAddScoped<IReleaseLog>(provider => provider.GetRequiredService<InMemoryReleaseLog>());

        return new WhatsAppOnboardingBuilder(services);
    }
}
