using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WhatsAppOnboarding.Upkeep;

internal static class UpkeepRegistration
{
    /// <summary>What happens by itself: at start, every minute, and when an account is due.</summary>
    public static IServiceCollection AddUpkeep(this IServiceCollection services)
    {
        services.TryAddScoped<ConnectionCheck>();
        services.TryAddScoped<TokenUpkeep>();
        services.TryAddScoped<AccountRound>();
        services.TryAddScoped<Restoration>();
        services.TryAddScoped<Reconciliation>();
        services.TryAddSingleton<AccountUpkeep>();
        return services.AddHostedService<Housekeeping>();
    }
}
