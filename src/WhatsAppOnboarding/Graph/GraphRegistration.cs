using System.Diagnostics.Metrics;
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
        if (services.Any(service => service.ServiceType == typeof(GraphTransport)))
            return services;

        services.AddOptions();
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<GraphTransport>();
        services.TryAddSingleton<GraphPipeline>();
        services.TryAddSingleton<GraphMetrics>();
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

/// <summary>Measures calls to Meta.</summary>
internal sealed class GraphMetrics(IMeterFactory meters)
{
    public const string DurationName = "whatsapp_onboarding.graph.duration";

    private readonly Histogram<double> _duration = meters.CreateLibraryMeter().CreateHistogram(
        DurationName,
        unit: "s",
        description: "How long calls to Meta's Graph API took, with all their attempts.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25] });

    public void Record(string operation, string outcome, TimeSpan duration) =>
        _duration.Record(duration.TotalSeconds, new(TagNames.Operation, operation), new(TagNames.Outcome, outcome));
}
