using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsAppOnboarding.MetaNotices;
using WhatsAppOnboarding.WebhookLedger;

namespace WhatsAppOnboarding.Webhooks;

internal static class WebhookRegistration
{
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.TryAddSingleton<WebhookMetrics>();
        services.TryAddSingleton<RoutingMisses>();
        services.TryAddSingleton(typeof(RoutingCache<>));
        services.TryAddSingleton<DeliveryGate>();
        services.TryAddSingleton<HandlerNames>();
        services.TryAddSingleton<LedgerFailures>();
        services.TryAddSingleton<ItemHandling>();
        services.TryAddSingleton<WebhookDispatch>();
        services.TryAddScoped<IParkedWebhooks, ParkedWebhooks>();
        services.TryAddScoped<WebhookRouter>();
        services.TryAddScoped<NoticeFollower>();
        services.TryAddScoped<DeliveryWork>();
        services.TryAddScoped<HandshakeEndpoint>();
        services.TryAddScoped<DeliveryEndpoint>();
        return services;
    }
}
