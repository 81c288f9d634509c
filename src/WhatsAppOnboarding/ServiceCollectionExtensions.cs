using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Configuration;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Disconnect;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Notices;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Setup;
using WhatsAppOnboarding.Status;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Upkeep;
using WhatsAppOnboarding.Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the library.</summary>
public static class WhatsAppOnboardingServiceCollectionExtensions
{
    /// <summary>Registers everything with stores in memory; safe to call more than once. A store package replaces the stores.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The section <c>WhatsAppOnboarding</c>.</param>
    /// <param name="configure">What code sets on top of it; null for nothing.</param>
    public static WhatsAppOnboardingBuilder AddWhatsAppOnboarding(
        this IServiceCollection services, IConfiguration configuration, Action<WhatsAppOnboardingOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddOnce(options => options.Configure(_ => SectionCheck.Run(configuration)).Bind(configuration), configure);
    }

    /// <summary>Registers everything with stores in memory, with settings by code alone; safe to call more than once.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets at least <see cref="WhatsAppOnboardingOptions.AppId"/> and <see cref="WhatsAppOnboardingOptions.AppSecret"/>.</param>
    public static WhatsAppOnboardingBuilder AddWhatsAppOnboarding(this IServiceCollection services, Action<WhatsAppOnboardingOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddOnce(_ => { }, configure);
    }

    private static WhatsAppOnboardingBuilder AddOnce(
        this IServiceCollection services, Action<OptionsBuilder<WhatsAppOnboardingOptions>> bind, Action<WhatsAppOnboardingOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var isFirst = services.All(service => service.ServiceType != typeof(ConnectFlow));
        if (isFirst)
            bind(services.AddOptions<WhatsAppOnboardingOptions>());
        if (configure is not null)
            services.Configure(configure);
        if (!isFirst)
            return new WhatsAppOnboardingBuilder(services);

        services.AddDataProtection();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services
            .AddConfiguration()
            .AddHosting()
            .AddGraphClient()
            .AddStores()
            .AddNumbersAndEvents()
            .AddSetup()
            .AddConnect()
            .AddNotices()
            .AddWebhooks()
            .AddFrontDoor()
            .AddHostedService<StartupWarnings>()
            .AddUpkeep();
        return new WhatsAppOnboardingBuilder(services);
    }

    private static IServiceCollection AddConfiguration(this IServiceCollection services)
    {
        services.AddOptions<WhatsAppOnboardingOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WhatsAppOnboardingOptions>, OptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<GraphOptions>, GraphConfiguration>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOptionsChangeTokenSource<GraphOptions>, GraphConfiguration>());
        return services;
    }

    private static IServiceCollection AddHosting(this IServiceCollection services)
    {
        services.TryAddSingleton(WhatsAppWords.From);
        services.TryAddSingleton<PublicAddress>();
        services.TryAddSingleton<AccountPrincipal>();
        services.TryAddSingleton(new AccountResolver(null));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, AnswerFormPolicy>());
        return services;
    }

    private static IServiceCollection AddFrontDoor(this IServiceCollection services)
    {
        services.TryAddScoped<StatusReader>();
        services.TryAddScoped<DisconnectFlow>();
        services.TryAddScoped<Deregistration>();
        services.TryAddScoped<IWhatsAppAccounts, WhatsAppAccounts>();
        services.TryAddScoped<IWhatsAppOperator, WhatsAppOperator>();
        return services;
    }

    private static IServiceCollection AddNumbersAndEvents(this IServiceCollection services)
    {
        services.TryAddSingleton<NumberSealing>();
        services.AddAccountEvents();
        return services;
    }
}
