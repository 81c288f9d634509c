using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WhatsAppOnboarding.Webhooks;

internal static class WebhookSetupRegistration
{
    public static IServiceCollection AddWebhookSetup(this IServiceCollection services)
    {
        services.TryAddSingleton<NeededWebhooks>();
        services.TryAddScoped<AppWebhookSetup>();
        return services;
    }
}
