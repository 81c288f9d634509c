using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WhatsAppOnboarding.Stores;

internal static class StoresRegistration
{
    /// <summary>The stores in memory, until a store package replaces them, and the check of their books.</summary>
    public static IServiceCollection AddStores(this IServiceCollection services)
    {
        services.TryAddSingleton<PhoneNumberWrites>();
        services.TryAddSingleton<InMemoryPhoneNumberStore>();
        services.TryAddScoped<IPhoneNumberStore>(provider => provider.GetRequiredService<InMemoryPhoneNumberStore>());
        services.TryAddScoped<ConsistencyCheck>();
        services.TryAddSingleton<InMemoryReleaseLog>();
        services.TryAddScoped<IReleaseLog>(provider => provider.GetRequiredService<InMemoryReleaseLog>());
        services.TryAddSingleton<InMemoryNumberBudget>();
        services.TryAddScoped<INumberBudget>(provider => provider.GetRequiredService<InMemoryNumberBudget>());
        services.TryAddSingleton<InMemoryConnectAttemptStore>();
        services.TryAddScoped<IConnectAttemptStore>(provider => provider.GetRequiredService<InMemoryConnectAttemptStore>());
        return services;
    }
}
