using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.RabbitMq.Broker;
using WhatsAppOnboarding.RabbitMq.Configuration;
using WhatsAppOnboarding.RabbitMq.Intake;
using WhatsAppOnboarding.RabbitMq.Work;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding;

/// <summary>Takes webhooks over RabbitMQ.</summary>
public static class RabbitMqExtensions
{
    /// <summary>
    /// Takes deliveries over RabbitMQ instead of into the inbox of a store: answered when the broker has confirmed them, worked by every node that calls this. Settings are those of
    /// the section <c>WhatsAppOnboarding:RabbitMq</c> of the host's configuration. Safe to call more than once and in any order.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">What code sets on top of the section; null for nothing.</param>
    public static WhatsAppOnboardingBuilder AddRabbitMqIntake(this WhatsAppOnboardingBuilder builder, Action<RabbitMqOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (configure is not null)
            services.Configure(configure);
        if (services.Any(service => service.ServiceType == typeof(RabbitMqIntake)))
            return builder;

        services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<RabbitMqOptions>, SectionBinding>());
        services.AddOptions<RabbitMqOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RabbitMqOptions>, RabbitMqOptionsValidator>());
        services.AddSingleton<BrokerConnections>();
        services.AddSingleton<Publisher>();
        services.AddSingleton<RabbitMqIntake>();
        services.Replace(ServiceDescriptor.Singleton<IWebhookIntake>(provider => provider.GetRequiredService<RabbitMqIntake>()));
        services.AddSingleton<RabbitMqWorker>();
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RabbitMqWorker>());
        return builder;
    }

    /// <summary>
    /// Adds a health check that says whether this node is connected to the broker, whether the broker takes anything in, and whether too much waits. It asks nobody, so it answers at
    /// once. Its data are <c>depth</c> and <c>oldest_age_seconds</c>.
    /// </summary>
    /// <remarks>By default it never says <see cref="HealthStatus.Unhealthy"/>: a node that is taken away does not bring the broker back.</remarks>
    /// <param name="builder">What <c>AddHealthChecks()</c> returned.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What it says where deliveries are not taken in or not worked.</param>
    /// <param name="tags">The check's tags, by which routes choose it; null for none.</param>
    public static IHealthChecksBuilder AddWhatsAppRabbitMq(
        this IHealthChecksBuilder builder, string name = "whatsapp_rabbitmq", HealthStatus failureStatus = HealthStatus.Degraded, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<BrokerHealth>();
        return builder.Add(new HealthCheckRegistration(name, services => services.GetRequiredService<BrokerHealth>(), failureStatus, tags));
    }
}
