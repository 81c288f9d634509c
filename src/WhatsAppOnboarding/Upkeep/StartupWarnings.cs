using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Upkeep;

/// <summary>Says at start what will hurt later but stops nothing now.</summary>
internal sealed partial class StartupWarnings(
    IHostEnvironment environment, IServiceScopeFactory scopes, ItemLedger ledger, IOptions<KeyManagementOptions> keys, IOptions<WhatsAppOnboardingOptions> options, ILoggerFactory loggers) : IHostedService
{
    private const string RequestLog = "Microsoft.AspNetCore.Hosting.Diagnostics";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var logger = loggers.CreateLogger<StartupWarnings>();
        WarnOfStores(logger);
        if (environment.IsDevelopment())
            return Task.CompletedTask;

        if (keys.Value.XmlRepository is null)
            Log.KeysNotPersisted(logger);
        if (loggers.CreateLogger(RequestLog).IsEnabled(LogLevel.Information))
            Log.RequestLogOn(logger, RequestLog);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private void WarnOfStores(ILogger logger)
    {
        using var scope = scopes.CreateScope();
        bool[] inMemory =
        [
            scope.ServiceProvider.GetRequiredService<IPhoneNumberStore>() is InMemoryPhoneNumberStore,
            scope.ServiceProvider.GetRequiredService<IConnectAttemptStore>() is InMemoryConnectAttemptStore,
            scope.ServiceProvider.GetRequiredService<IMetaCallLog>() is InMemoryMetaCallLog,
        ];
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
    }
}
