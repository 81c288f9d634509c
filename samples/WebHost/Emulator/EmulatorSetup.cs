using System.Security.Cryptography;
using WhatsAppOnboarding.Testing;

namespace WebHost.Emulator;

public static class EmulatorSetup
{
    private const string Section = "WhatsAppOnboarding";

    /// <summary>Listens on <c>http://localhost:5080</c> unless told otherwise, and in Development takes that as the public address too.</summary>
    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configuration = builder.Configuration;
        if (configuration["urls"] is null && configuration["http_ports"] is null && !configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls("http://localhost:5080");

        var origin = $"{Section}:PublicOrigin";
        if (builder.Environment.IsDevelopment() && string.IsNullOrEmpty(configuration[origin]))
            configuration[origin] = Listening(configuration);
    }

    /// <summary>
    /// Without a Meta app, starts an emulated Meta beside the sample and fills in the configuration, in Development or when
    /// <c>Emulator:Enabled</c> says so. With one, does nothing.
    /// </summary>
    public static async Task AddEmulatorAsync(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configuration = builder.Configuration;
        if (!string.IsNullOrEmpty(configuration[$"{Section}:AppId"]))
        {
            builder.Services.AddSingleton(EmulatorLink.None);
            return;
        }

        if (!builder.Environment.IsDevelopment() && !configuration.GetValue<bool>("Emulator:Enabled"))
            throw new InvalidOperationException(
                "No Meta app is configured. Set WhatsAppOnboarding:AppId and WhatsAppOnboarding:AppSecret to those of your Meta app, "
                + "or set Emulator:Enabled=true to try the sample with an emulated Meta.");

        var origin = configuration[$"{Section}:PublicOrigin"]
            ?? throw new InvalidOperationException("Set WhatsAppOnboarding:PublicOrigin to where browsers reach this service, such as http://localhost:5080.");
        var verifyToken = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
        var emulator = await StartAsync(configuration.GetValue("Emulator:Port", 5081), origin, Listening(configuration), verifyToken);

        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{Section}:AppId"] = emulator.AppId,
            [$"{Section}:AppSecret"] = emulator.AppSecret,
            [$"{Section}:WebhookVerifyToken"] = verifyToken,
            [$"{Section}:GraphBaseAddress"] = emulator.Address.ToString(),
            [$"{Section}:DialogBaseAddress"] = emulator.Address.ToString(),
            [$"{Section}:AllowOtherMetaHosts"] = "true",
        });
        // A factory, so that the emulator is disposed with the host.
        builder.Services.AddSingleton(_ => emulator);
        builder.Services.AddSingleton(services => new EmulatorLink(services.GetRequiredService<MetaEmulator>().Address));
    }

    private static async Task<MetaEmulator> StartAsync(int port, string origin, string listening, string verifyToken)
    {
        var options = new MetaEmulatorOptions
        {
            Port = port,
            AppName = "Frontdesk",
            RedirectUris = { origin + "/integrations/whatsapp/callback" },
            // Unlike Meta it is on this machine, and needs no way round by the public address.
            WebhookCallback = new Uri(listening + "/webhooks/whatsapp"),
            WebhookVerifyToken = verifyToken,
        };
        try
        {
            var emulator = await MetaEmulator.StartAsync(options);
            EmulatedBusinesses.Add(emulator.World);
            return emulator;
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException($"The emulated Meta cannot listen on port {port}. Stop what uses it, or set Emulator:Port to another.", exception);
        }
    }

    /// <summary>The first address that the sample listens on, as it is reached from this machine.</summary>
    private static string Listening(ConfigurationManager configuration) =>
        (configuration["urls"] ?? "http://localhost:5080").Split(';')[0].TrimEnd('/')
            .Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal);
}
