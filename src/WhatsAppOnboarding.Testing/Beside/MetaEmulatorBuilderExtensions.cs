using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding;
using WhatsAppOnboarding.Testing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Has Meta emulated beside an app while it is developed.</summary>
public static class MetaEmulatorBuilderExtensions
{
    private const int DefaultPort = 5091;

    /// <summary>
    /// In Development, and while <c>WhatsAppOnboarding:AppId</c> is not set, an emulated Meta with one business and one number starts and stops with the app, and is its Meta: the
    /// settings are filled in, and webhooks come to where the app listens. Otherwise nothing happens. Its port is the setting <c>EmulatorPort</c>, 5091 unless set; 0 takes any free one.
    /// </summary>
    /// <remarks>It is also in the services. It forgets all at the end of the app, so that what a database keeps of it is refused by the next one: connect again there.</remarks>
    /// <param name="builder">The app's builder.</param>
    /// <param name="configure">Sets the emulator up, before it is made.</param>
    /// <returns>The emulator, which listens as soon as the app starts; null where Meta itself is configured, and outside Development.</returns>
    public static MetaEmulator? AddEmulatedMeta(this WebApplicationBuilder builder, Action<MetaEmulatorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = builder.Configuration.GetSection("WhatsAppOnboarding");
        if (!builder.Environment.IsDevelopment() || settings[nameof(WhatsAppOnboardingOptions.AppId)] is { Length: > 0 })
            return null;

        var options = new MetaEmulatorOptions { Port = builder.Configuration.GetValue("EmulatorPort", DefaultPort), AppName = builder.Environment.ApplicationName, PreselectInPopup = true };
        configure?.Invoke(options);
        options.Port = options.Port is 0 ? FreePort() : options.Port;
        var meta = MetaEmulator.Make(options, fixedIds: true);
        meta.World.AddBusiness("Lucky Shrub").AddWaba("Lucky Shrub").AddNumber("+1 631-555-0100", "Lucky Shrub");

        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [nameof(WhatsAppOnboardingOptions.AppId)] = meta.AppId,
            [nameof(WhatsAppOnboardingOptions.AppSecret)] = meta.AppSecret,
            [nameof(WhatsAppOnboardingOptions.WebhookVerifyToken)] = Convert.ToHexString(RandomNumberGenerator.GetBytes(24)),
            [nameof(WhatsAppOnboardingOptions.ConfigurationId)] = settings[nameof(WhatsAppOnboardingOptions.ConfigurationId)] ?? options.ConfigurationId ?? "400000000000001",
            [nameof(WhatsAppOnboardingOptions.GraphBaseAddress)] = meta.Address.ToString(),
            [nameof(WhatsAppOnboardingOptions.DialogBaseAddress)] = meta.Address.ToString(),
            [nameof(WhatsAppOnboardingOptions.SdkAddress)] = new Uri(meta.Address, "/en_US/sdk.js").ToString(),
        }.ToDictionary(setting => $"{settings.Path}:{setting.Key}", setting => setting.Value));
        builder.Services.AddSingleton(meta);
        builder.Services.AddSingleton<IHostedService>(services => ActivatorUtilities.CreateInstance<EmulatorBesideApp>(services, meta));
        return meta;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>Listens before anything of the app calls Meta, and knows where the app listens once it does.</summary>
internal sealed partial class EmulatorBesideApp(MetaEmulator meta, IServer server, IOptions<WhatsAppOnboardingOptions> options, ILogger<MetaEmulator> logger) : IHostedLifecycleService, IAsyncDisposable
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await meta.ListenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException($"The emulated Meta cannot listen on port {meta.Address.Port}. Stop what uses it, or set EmulatorPort to another one.", exception);
        }
    }

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        LogRuns(meta.Address);
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        if ((addresses.FirstOrDefault(address => address.StartsWith("http:", StringComparison.Ordinal)) ?? addresses.FirstOrDefault()) is not { } listening)
            return;
        var origin = new Uri(listening.Replace("://[::]", "://localhost", StringComparison.Ordinal).Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal));
        var callback = new Uri(origin, options.Value.Paths.Webhooks);
        if (!await meta.Webhooks.ConfigureAsync(callback, options.Value.WebhookVerifyToken ?? "", cancellationToken).ConfigureAwait(false))
            LogNoWebhooks(callback);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask DisposeAsync() => meta.DisposeAsync();

    [LoggerMessage(1980, LogLevel.Information, "Meta is emulated at {Address}: write to your numbers there as a customer. Set WhatsAppOnboarding:AppId to that of your Meta app to go to Meta itself")]
    private partial void LogRuns(Uri address);

    [LoggerMessage(1981, LogLevel.Warning, "The emulated Meta got no answer to its handshake at {Callback}, so no webhook comes. Call app.MapWhatsAppWebhooks()")]
    private partial void LogNoWebhooks(Uri callback);
}
