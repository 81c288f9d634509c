using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Graph;

/// <summary>Registers the Graph API client.</summary>
internal static class GraphRegistration
{
    /// <summary>The name of the <see cref="HttpClient"/>, by which a host may add handlers or a proxy of its own.</summary>
    public const string ClientName = "WhatsAppOnboarding.Graph";

    /// <summary>Adds <see cref="IGraphClient"/>, unless the host has one of its own. Safe to call more than once.</summary>
    /// <remarks>The root configures <see cref="GraphOptions"/>.</remarks>
    public static IServiceCollection AddGraphClient(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(GraphClient)))
            return services;

        services.AddOptions();
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<LibraryMetrics>();
        services.TryAddSingleton<GraphClient>();
        services.TryAddSingleton<IGraphClient>(provider => provider.GetRequiredService<GraphClient>());
        return services.AddGraphHttp();
    }

    private static IServiceCollection AddGraphHttp(this IServiceCollection services)
    {
        services.AddHttpClient(ClientName, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5);

                // Meta is told nothing of our traces, and no span of the transport can show an address with a secret in it.
                handler.ActivityHeadersPropagator = null;
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        return services;
    }
}
