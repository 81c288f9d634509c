using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WhatsAppOnboarding.Connect;

internal static class ConnectRegistration
{
    /// <summary>The story of a connect, and what is known of attempts.</summary>
    public static IServiceCollection AddConnect(this IServiceCollection services)
    {
        services.TryAddSingleton<StateBinding>();
        services.TryAddSingleton<ReturnPath>();
        services.TryAddSingleton<ConnectStart>();
        services.TryAddSingleton<WaitingGrants>();
        services.TryAddSingleton<AttemptReader>();
        services.TryAddSingleton<AttemptStarts>();
        services.TryAddSingleton<SilentStarts>();
        services.TryAddSingleton<ConnectNotices>();
        services.TryAddSingleton<AttemptRunner>();
        services.TryAddScoped<ConnectAttempts>();
        services.TryAddScoped<ConnectFlow>();
        services.TryAddScoped<GrantReading>();
        services.TryAddScoped<GrantListing>();
        services.TryAddScoped<GrantSaving>();
        services.TryAddScoped<GrantAftermath>();
        services.TryAddScoped<NumberFinishing>();
        services.TryAddScoped<AttemptUndo>();
        services.TryAddScoped<ConnectEndpoint>();
        services.TryAddScoped<CallbackEndpoint>();
        services.TryAddScoped<AttemptEndpoints>();
        services.TryAddSingleton<LinkUse>();
        services.TryAddScoped<LinkEndpoints>();
        services.TryAddScoped<LinkApi>();
        return services;
    }
}
