using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
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

    /// <summary>
    /// Adds a health check that examines the host (<see cref="IWhatsAppOperator.ExamineAsync"/>), at most once in five minutes on each node; in between it answers what was found
    /// last, and it never waits longer than two seconds. Its data are the findings, by their codes.
    /// </summary>
    /// <remarks>
    /// Meant for people and dashboards. By default it never says <see cref="HealthStatus.Unhealthy"/>, so that neither a load balancer nor a liveness probe takes a node away because
    /// Meta is down or a setting is wrong: deliveries and connected numbers need those nodes.
    /// </remarks>
    /// <param name="builder">What <c>AddHealthChecks()</c> returned.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What it says where something does not work now; what is only worth knowing is always <see cref="HealthStatus.Degraded"/>.</param>
    /// <param name="tags">The check's tags, by which routes choose it; null for none.</param>
    public static IHealthChecksBuilder AddWhatsAppOnboarding(
        this IHealthChecksBuilder builder, string name = "whatsapp_onboarding", HealthStatus failureStatus = HealthStatus.Degraded, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton<ExaminationHealth>();
        return builder.Add(new HealthCheckRegistration(name, services => services.GetRequiredService<ExaminationHealth>(), failureStatus, tags));
    }

    /// <summary>
    /// Adds a health check of the inbox: <see cref="HealthStatus.Degraded"/> when the oldest delivery that was taken has waited for longer than <paramref name="longest"/> for its turn, and
    /// <paramref name="failureStatus"/> when deliveries are turned away because too much waits. Its data are <c>depth</c> and <c>oldest_age_seconds</c>, over all nodes, as this one saw them last.
    /// </summary>
    /// <remarks>Not for a liveness probe: a node that is taken away works on nothing.</remarks>
    /// <param name="builder">What <c>AddHealthChecks()</c> returned.</param>
    /// <param name="longest">How long is well. Default: a minute.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What it says where deliveries are turned away.</param>
    /// <param name="tags">The check's tags, by which routes choose it; null for none.</param>
    public static IHealthChecksBuilder AddWhatsAppInbox(
        this IHealthChecksBuilder builder, TimeSpan? longest = null, string name = "whatsapp_inbox", HealthStatus failureStatus = HealthStatus.Degraded, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, services => new InboxHealth(services.GetService<IWebhookIntake>(), longest ?? TimeSpan.FromMinutes(1)), failureStatus, tags));
    }

    /// <summary>
    /// Adds a health check of one account, for a host that has just one: <see cref="HealthStatus.Healthy"/> where nothing is due, <see cref="HealthStatus.Degraded"/> where something
    /// is due soon or not known, and <paramref name="failureStatus"/> where a number does not receive or does not send. Its data are what is due, in words, by its code.
    /// </summary>
    /// <remarks>Each question reads the account's status. It says nothing of the process: choose the checks of a liveness probe by tags, so that this one is not among them.</remarks>
    /// <param name="builder">What <c>AddHealthChecks()</c> returned.</param>
    /// <param name="account">The account.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What it says where a number does not work.</param>
    /// <param name="tags">The check's tags, by which routes choose it; null for <c>attention</c> alone.</param>
    public static IHealthChecksBuilder AddWhatsAppAttention(
        this IHealthChecksBuilder builder, AccountId account, string name = "whatsapp_attention", HealthStatus failureStatus = HealthStatus.Unhealthy, IEnumerable<string>? tags = null) =>
        builder.AddWhatsAppAttention((_, _) => Task.FromResult<IReadOnlyCollection<AccountId>>([account]), name, failureStatus, tags);

    /// <summary>As for one account, of several: the worst of them answers. Meant for a few; each question reads the status of each.</summary>
    /// <param name="builder">What <c>AddHealthChecks()</c> returned.</param>
    /// <param name="accounts">Names the accounts each time, with the services of a scope.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">What it says where a number does not work.</param>
    /// <param name="tags">The check's tags, by which routes choose it; null for <c>attention</c> alone.</param>
    public static IHealthChecksBuilder AddWhatsAppAttention(
        this IHealthChecksBuilder builder,
        Func<IServiceProvider, CancellationToken, Task<IReadOnlyCollection<AccountId>>> accounts,
        string name = "whatsapp_attention",
        HealthStatus failureStatus = HealthStatus.Unhealthy,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(accounts);
        return builder.Add(new HealthCheckRegistration(name, Build, failureStatus, tags ?? ["attention"]));

        IHealthCheck Build(IServiceProvider services)
        {
            var front = services.GetRequiredService<IWhatsAppAccounts>();
            return new AttentionHealth(token => accounts(services, token), front.GetStatusAsync, front.GetAttentionAsync);
        }
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
