using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WhatsAppOnboarding.Stores;

/// <summary>The stores in memory, which a store package or the host replaces, and what the rest of the library uses them by.</summary>
internal static class StoresRegistration
{
    public static IServiceCollection AddStores(this IServiceCollection services)
    {
        services.TryAddSingleton<NumberAuthority>();
        services.TryAddSingleton<AttemptRecords>();
        services.TryAddSingleton<LinkRecords>();
        services.TryAddSingleton<MetaCalls>();
        services.TryAddSingleton<AttemptLimits>();
        services.TryAddSingleton<ItemLedger>();
        services.TryAddSingleton<ConsistencyCheck>();
        services.TryAddSingleton<AccountExport>();

        services.TryAddSingleton<InMemoryPhoneNumbers>();
        services.TryAddScoped<IPhoneNumberStore, InMemoryPhoneNumberStore>();
        services.TryAddScoped<IAccountEventStore, InMemoryPhoneNumberStore>();
        services.TryAddSingleton<InMemoryConnectAttemptStore>();
        services.TryAddScoped<IConnectAttemptStore>(provider => provider.GetRequiredService<InMemoryConnectAttemptStore>());
        services.TryAddSingleton<InMemorySetupLinkStore>();
        services.TryAddScoped<ISetupLinkStore>(provider => provider.GetRequiredService<InMemorySetupLinkStore>());
        services.TryAddSingleton<InMemoryMetaCallLog>();
        services.TryAddScoped<IMetaCallLog>(provider => provider.GetRequiredService<InMemoryMetaCallLog>());
        return services;
    }

    /// <summary>Of each store that a scope would use, whether it is the one in memory.</summary>
    public static bool[] InMemory(IServiceProvider scope) =>
    [
        scope.GetRequiredService<IPhoneNumberStore>() is InMemoryPhoneNumberStore,
        scope.GetRequiredService<IAccountEventStore>() is InMemoryPhoneNumberStore,
        scope.GetRequiredService<IConnectAttemptStore>() is InMemoryConnectAttemptStore,
        scope.GetRequiredService<ISetupLinkStore>() is InMemorySetupLinkStore,
        scope.GetRequiredService<IMetaCallLog>() is InMemoryMetaCallLog,
    ];

    /// <summary>
    /// One verb of a store in a scope of its own: what the host has pending in its request is neither seen nor saved, and verbs that run at once do not
    /// share a database context.
    /// </summary>
    public static async Task<T> UseAsync<TStore, T>(this IServiceScopeFactory scopes, Func<TStore, Task<T>> use)
        where TStore : notnull
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            return await use(scope.ServiceProvider.GetRequiredService<TStore>()).ConfigureAwait(false);
    }

    /// <inheritdoc cref="UseAsync{TStore, T}"/>
    public static async Task UseAsync<TStore>(this IServiceScopeFactory scopes, Func<TStore, Task> use)
        where TStore : notnull
    {
        var scope = scopes.CreateAsyncScope();
        await using (scope.ConfigureAwait(false))
            await use(scope.ServiceProvider.GetRequiredService<TStore>()).ConfigureAwait(false);
    }
}
