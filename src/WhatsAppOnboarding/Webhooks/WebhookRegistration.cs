using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Webhooks;

internal static class WebhookRegistration
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        HostHandlers<IWebhookHandler>.Of(services);
        services.TryAddSingleton<WorkPlaces>();
        services.TryAddSingleton<HandshakeEndpoint>();
        services.TryAddSingleton<DeliveryEndpoint>();
        services.TryAddSingleton<InlineIntake>();
        services.TryAddSingleton<DeliveryWork>();
        services.TryAddSingleton<IWebhookWork, WorkQueue>();
        services.TryAddSingleton<DeliveryNotices>();
        services.TryAddSingleton<WebhookRouter>();

        services.TryAddSingleton<ItemHandling>();
        services.TryAddSingleton<LedgerFailures>();
        services.TryAddSingleton<WebhookDispatch>();
        services.TryAddScoped<ParkedWebhooks>();
        services.TryAddScoped<AppWebhookSetup>();
        return services;
    }
}
