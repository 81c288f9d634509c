using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WhatsAppOnboarding.Webhooks;

internal static class WebhookRegistration
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton<WebhookMetrics>();
        services.TryAddSingleton<RoutingMisses>();
        services.TryAddSingleton(typeof(RoutingCache<>));
        services.TryAddSingleton<SlowBodies>();
        services.TryAddSingleton<DeliveryGate>();
        services.TryAddSingleton<HandlerNames>();
        services.TryAddSingleton<LedgerFailures>();
        services.TryAddSingleton<AccountSlots>();
        services.TryAddSingleton<ItemHandling>();
        services.TryAddSingleton<WebhookDispatch>();
        services.TryAddScoped<ParkedWebhooks>();
        services.TryAddScoped<RecentAttempts>();
        services.TryAddSingleton<WebhookRouter>();
        services.TryAddSingleton<DeliveryNotices>();
        services.TryAddSingleton<DeliveryWork>();
        services.TryAddSingleton<HandshakeEndpoint>();
        services.TryAddSingleton<DeliveryEndpoint>();
        return services;
    }
}
