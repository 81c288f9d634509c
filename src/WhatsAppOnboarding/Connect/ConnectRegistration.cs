using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace WhatsAppOnboarding.Connect;

internal static class ConnectRegistration
{
    /// <summary>The story of a connect, and what is known of attempts.</summary>
    public static IServiceCollection AddConnect(this IServiceCollection services)
    {
        services.TryAddSingleton<WaitingGrantProtection>();
        services.TryAddScoped<BrokenAttempts>();
        services.TryAddScoped<AttemptReader>();
        services.TryAddScoped<AttemptsEndpoint>();
        services.TryAddSingleton<StateProtection>();
        services.TryAddSingleton<StateCheck>();
        services.TryAddSingleton<BrowserCookie>();
        services.TryAddSingleton<AttemptLimits>();
        services.TryAddSingleton<ReturnPath>();
        services.TryAddSingleton<ConnectStart>();
        services.TryAddSingleton<PopupStart>();
        services.TryAddSingleton<NumberQuestion>();
        services.TryAddSingleton<ConnectMetrics>();
        services.TryAddScoped<AttemptRunner>();
        services.TryAddScoped<ConnectAttempts>();
        services.TryAddScoped<ConnectChoice>();
        services.TryAddScoped<ConnectAnswers>();
        services.TryAddScoped<ConnectFlow>();
        services.TryAddScoped<CodeExchange>();
        services.TryAddScoped<GrantInspection>();
        services.TryAddScoped<WabaDiscovery>();
        services.TryAddScoped<GrantListing>();
        services.TryAddScoped<GrantSaving>();
        services.TryAddScoped<GrantUndo>();
        services.TryAddScoped<GrantAftermath>();
        services.TryAddScoped<NumberFinishing>();
        services.TryAddScoped<ConnectNotices>();
        services.TryAddScoped<ConnectEndpoint>();
        services.TryAddScoped<CallbackEndpoint>();
        services.TryAddScoped<OAuthEndpoint>();
        services.TryAddScoped<ChooseEndpoint>();
        return services;
    }
}
