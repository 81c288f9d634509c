using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>Says at start what will hurt later, and stops a start after which nothing could work.</summary>
internal sealed partial class StartupWarnings(
    IHostEnvironment environment,
    IServiceScopeFactory scopes,
    IServiceProvider services,
    IHostApplicationLifetime lifetime,
    ItemLedger ledger,
    IOptions<KeyManagementOptions> keys,
    IOptions<WhatsAppOnboardingOptions> options,
    ILoggerFactory loggers) : IHostedService
{
    /// <summary>The category of the log that writes query strings.</summary>
    public const string RequestLog = "Microsoft.AspNetCore.Hosting.Diagnostics";

    /// <exception cref="InvalidOperationException">A policy that the options name is not there.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger<StartupWarnings>();
        await RequirePoliciesAsync().ConfigureAwait(false);
        var canSignIn = services.GetService<IAuthenticationSchemeProvider>() is { } schemes && (await schemes.GetAllSchemesAsync().ConfigureAwait(false)).Any();
        lifetime.ApplicationStarted.Register(() => WarnOfRoutes(logger, canSignIn));
        WarnOfStores(logger);
        if (environment.IsDevelopment())
            return;

        if (keys.Value.XmlRepository is null)
            Log.KeysNotPersisted(logger);
        if (loggers.CreateLogger(RequestLog).IsEnabled(LogLevel.Information))
            Log.RequestLogOn(logger, RequestLog);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RequirePoliciesAsync()
    {
        var policies = services.GetService<IAuthorizationPolicyProvider>();
        foreach (var (key, policy) in new[]
        {
            (nameof(WhatsAppOnboardingOptions.ManagePolicy), options.Value.ManagePolicy),
            (nameof(WhatsAppOnboardingOptions.ReadPolicy), options.Value.ReadPolicy),
            (nameof(WhatsAppOnboardingOptions.PinPolicy), options.Value.PinPolicy),
        })
        {
            if (policy is not null && (policies is null || await policies.GetPolicyAsync(policy).ConfigureAwait(false) is null))
                throw new InvalidOperationException($"WhatsAppOnboarding:{key} names the policy '{policy}', which there is not. Add it with AddAuthorization(options => options.AddPolicy(\"{policy}\", …)), or correct the name.");
        }
    }

    /// <summary>Once all routes are mapped: a side that is missing may be meant, but is mostly a line that was forgotten. A host without routes has none to forget.</summary>
    private void WarnOfRoutes(ILogger logger, bool canSignIn)
    {
        if (services.GetService<EndpointDataSource>() is not { } mapped)
            return;
        RouteEndpoint[] all = [.. mapped.Endpoints.OfType<RouteEndpoint>()];
        string[] routes = [.. all.Select(PathOf)];
        var (accounts, meta) = (Has(options.Value.Paths.OAuth), Has(options.Value.Paths.Webhooks));
        if (accounts && !meta)
            Log.WebhooksNotMapped(logger);
        else if (meta && !accounts)
            Log.OnboardingNotMapped(logger);
        else if (!accounts)
            Log.NothingMapped(logger);
        if (meta && services.GetRequiredService<HostHandlers<IWebhookHandler>>().All.Count == 0)
            Log.NothingHandled(logger);
        if (accounts && !canSignIn)
            Log.NobodySignedIn(logger);
        if (services.GetService<IAuthorizationService>() is null && Array.Exists(all, endpoint => Is(PathOf(endpoint), options.Value.Paths.OAuth) && endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null))
            Log.AuthorizationMissing(logger);

        bool Has(string path) => Array.Exists(routes, route => Is(route, path));

        static bool Is(string route, string path) => route.EndsWith(path, StringComparison.OrdinalIgnoreCase);

        static string PathOf(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
    }

    private void WarnOfStores(ILogger logger)
    {
        using var scope = scopes.CreateScope();
        var inMemory = StoresRegistration.InMemory(scope.ServiceProvider);
        if (inMemory.Distinct().Count() > 1)
            Log.StoresMixed(logger);
        else if (inMemory[0] && !environment.IsDevelopment())
            Log.StoresInMemory(logger);
        if (!options.Value.Webhooks.UseLedger && ledger.IsRegistered())
            Log.LedgerOff(logger);
    }

    private static partial class Log
    {
        [LoggerMessage(1100, LogLevel.Warning, "Data Protection keys are not persisted by configuration: after they are lost every account must connect again. Call AddDataProtection().PersistKeysTo...() and back the keys up")]
        public static partial void KeysNotPersisted(ILogger logger);

        [LoggerMessage(1101, LogLevel.Warning, "The category {Category} logs query strings, in which Meta sends codes. Set Logging:LogLevel:{Category} to Warning")]
        public static partial void RequestLogOn(ILogger logger, string category);

        [LoggerMessage(1102, LogLevel.Warning, "Some stores are durable and others are in memory. Register all of them, for example with AddEntityFrameworkStores<TContext>()")]
        public static partial void StoresMixed(ILogger logger);

        [LoggerMessage(1103, LogLevel.Warning, "Numbers and tokens are kept in memory and are gone with this process. Add a store, for example AddEntityFrameworkStores<TContext>()")]
        public static partial void StoresInMemory(ILogger logger);

        [LoggerMessage(1104, LogLevel.Warning, "WhatsAppOnboarding:Webhooks:UseLedger is false: nobody saves what a webhook handler stages, so it must save by itself; handlers run again whenever Meta repeats a delivery, and nothing is parked")]
        public static partial void LedgerOff(ILogger logger);

        [LoggerMessage(1105, LogLevel.Warning, "Meta's side is not mapped in this host: every delivery of its webhooks is answered 404 here. Call app.MapWhatsAppWebhooks(), unless another host takes them")]
        public static partial void WebhooksNotMapped(ILogger logger);

        [LoggerMessage(1106, LogLevel.Warning, "The accounts' side is not mapped in this host: nobody can connect here. Call app.MapWhatsAppOnboarding(), unless another host has it")]
        public static partial void OnboardingNotMapped(ILogger logger);

        [LoggerMessage(1107, LogLevel.Warning, "No route of this library is mapped in this host: nobody can connect, and every delivery of Meta's webhooks is answered 404 here. Call app.MapWhatsAppOnboarding() and app.MapWhatsAppWebhooks(), unless other hosts have them")]
        public static partial void NothingMapped(ILogger logger);

        [LoggerMessage(1108, LogLevel.Warning, "No webhook handler is added in this host: what customers write is taken from Meta and gone. Call AddWebhookHandler<T>() behind AddWhatsAppOnboarding(), unless another host works off what is taken here")]
        public static partial void NothingHandled(ILogger logger);

        [LoggerMessage(1109, LogLevel.Warning, "No authentication scheme is registered in this host, so that nobody is signed in and every request of an account is refused. Call builder.Services.AddAuthentication() and add a scheme, such as AddCookie(), unless code of yours sets HttpContext.User")]
        public static partial void NobodySignedIn(ILogger logger);

        [LoggerMessage(1110, LogLevel.Error, "The accounts' routes require authorization, and its services are not registered: every request to them fails. Call builder.Services.AddAuthorization()")]
        public static partial void AuthorizationMissing(ILogger logger);
    }
}
