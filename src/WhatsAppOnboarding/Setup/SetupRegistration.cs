using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WhatsAppOnboarding.Setup;

internal static class SetupRegistration
{
    /// <summary>What is done at Meta for WABAs and numbers, at connect and on request.</summary>
    public static IServiceCollection AddSetup(this IServiceCollection services)
    {
        services.TryAddSingleton(new OverrideAddresses(null));
        services.TryAddScoped<WebhookOverride>();
        services.TryAddScoped<WabaSubscription>();
        services.TryAddScoped<StepCalls>();
        services.TryAddScoped<NumberTurns>();
        services.TryAddScoped<NumberReading>();
        services.TryAddScoped<Registration>();
        services.TryAddScoped<CodeVerification>();
        services.TryAddScoped<CoexistenceSync>();
        services.TryAddScoped<SubscribeStep>();
        services.TryAddScoped<StepRunner>();
        services.TryAddScoped<StepsEndpoint>();
        services.TryAddScoped<RegistrationPins>();
        services.TryAddScoped<PinEndpoint>();
        return services;
    }
}
