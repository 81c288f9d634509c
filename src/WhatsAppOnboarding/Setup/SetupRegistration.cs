using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Setup;

internal static class SetupRegistration
{
    /// <summary>What is done at Meta for WABAs and numbers, at connect and on request.</summary>
    public static IServiceCollection AddSetup(this IServiceCollection services)
    {
        services.TryAddScoped<IWabaSubscriber, WabaSubscriber>();
        services.TryAddScoped<WabaSubscription>();
        services.TryAddScoped<NumberWork>();
        services.TryAddScoped<NumberSteps>();
        services.TryAddScoped<IWhatsAppSetup, WhatsAppSetup>();
        return services;
    }

    /// <summary>Some WABAs have their messages sent elsewhere.</summary>
    public static IServiceCollection AddWebhookOverride(this IServiceCollection services, Func<WabaId, Uri?> address)
    {
        services.Replace(ServiceDescriptor.Singleton(new OverrideAddresses(address)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WhatsAppOnboardingOptions>, OverrideAddresses>(
            provider => provider.GetRequiredService<OverrideAddresses>()));
        services.TryAddScoped<WabaSubscriber>();
        return services.Replace(ServiceDescriptor.Scoped<IWabaSubscriber, WebhookOverride>());
    }
}
