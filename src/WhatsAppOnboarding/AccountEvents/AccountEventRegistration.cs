using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.AccountEvents;

internal static class AccountEventRegistration
{
    public static IServiceCollection AddAccountEvents(this IServiceCollection services)
    {
        HostHandlers<IAccountEventHandler>.Of(services);
        services.TryAddScoped<WhatsAppAccountContext>();
        services.TryAddScoped<IWhatsAppAccountContext>(provider => provider.GetRequiredService<WhatsAppAccountContext>());
        services.TryAddSingleton<AccountEventDelivery>();
        services.TryAddSingleton<ParkedEvents>();
        return services;
    }
}
