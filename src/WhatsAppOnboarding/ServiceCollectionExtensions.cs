using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
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

namespace WhatsAppOnboarding;

/// <summary>Registers the library.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>Registers everything with stores in memory; safe to call more than once. A store package replaces the stores.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The section <c>WhatsAppOnboarding</c>.</param>
    public static WhatsAppOnboardingBuilder AddWhatsAppOnboarding(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);

        services.AddDataProtection();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        if (services.Any(service => service.ServiceType == typeof(ConnectFlow)))
            return new WhatsAppOnboardingBuilder(services);

        services
            .AddConfiguration(configuration)
            .AddSteps()
            .AddGraphClient()
            .AddStores()
            .AddAuthority()
            .AddAttempts()
            .AddConnect()
            .AddStatusAndDisconnect()
            .AddStepsOnRequest()
            .AddMetaNotices()
            .AddWebhooks()
            .AddSignedRequests()
            .AddWebhookSetup()
            .AddHttp()
            .AddHostedService<StartupWarnings>()
            .AddHostedService<Housekeeping>();
        return new WhatsAppOnboardingBuilder(services);
    }

    private static IServiceCollection AddConfiguration(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WhatsAppOnboardingOptions>().Bind(configuration).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WhatsAppOnboardingOptions>, OptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<GraphOptions>, GraphConfiguration>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IOptionsChangeTokenSource<GraphOptions>, GraphConfigurationChanges>());
        return services;
    }

    private static IServiceCollection AddAuthority(this IServiceCollection services)
    {
        services.TryAddSingleton<TokenProtection>();
        services.TryAddSingleton<PinProtection>();
        services.TryAddScoped<IPhoneNumberTokens, PhoneNumberTokens>();
        services.TryAddSingleton<AccountEventSource>();
        return services;
    }

    private static IServiceCollection AddSteps(this IServiceCollection services)
    {
        // Before the Graph client itself, which only adds what is missing.
        services.TryAddSingleton<IGraphClient, OperatorHints>();
        services.TryAddSingleton(new OverrideAddresses(null));
        services.TryAddScoped<WebhookOverride>();
        services.TryAddScoped<WabaSubscription>();
        services.TryAddScoped<StepCalls>();
        services.TryAddScoped<NumberTurns>();
        services.TryAddScoped<NumberReading>();
        services.TryAddScoped<Registration>();
        services.TryAddScoped<CodeVerification>();
        services.TryAddScoped<CoexistenceSync>();
        return services;
    }

    private static IServiceCollection AddAttempts(this IServiceCollection services)
    {
        services.TryAddSingleton<WaitingGrantProtection>();
        services.TryAddScoped<BrokenAttempts>();
        services.TryAddScoped<RecentAttempts>();
        services.TryAddScoped<AttemptReader>();
        services.TryAddScoped<IAttemptLog>(provider => provider.GetRequiredService<AttemptReader>());
        services.TryAddScoped<AttemptsEndpoint>();
        return services;
    }

    private static IServiceCollection AddConnect(this IServiceCollection services)
    {
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

    private static IServiceCollection AddStatusAndDisconnect(this IServiceCollection services)
    {
        services.TryAddScoped<IOnboardingStatus, StatusReader>();
        services.TryAddScoped<StatusEndpoint>();
        services.TryAddScoped<IDisconnect, DisconnectFlow>();
        services.TryAddScoped<WabaLeaving>();
        services.TryAddScoped<DisconnectEndpoint>();
        return services;
    }

    private static IServiceCollection AddStepsOnRequest(this IServiceCollection services)
    {
        services.TryAddScoped<SubscribeStep>();
        services.TryAddScoped<IOpenSteps, StepRunner>();
        services.TryAddScoped<StepsEndpoint>();
        services.TryAddScoped<IRegistrationPins, RegistrationPins>();
        services.TryAddScoped<PinEndpoint>();
        return services;
    }

    private static IServiceCollection AddHttp(this IServiceCollection services)
    {
        services.TryAddSingleton<PublicAddress>();
        services.TryAddSingleton<SameOrigin>();
        services.TryAddSingleton<AccountPrincipal>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<MatcherPolicy, AnswerFormPolicy>());
        return services;
    }
}
