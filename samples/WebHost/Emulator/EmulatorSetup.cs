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
            configuration[origin] = (configuration["urls"] ?? "http://localhost:5080").Split(';')[0].TrimEnd('/');
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
        var emulator = await StartAsync(configuration.GetValue("Emulator:Port", 5081), origin, verifyToken);

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

    private static async Task<MetaEmulator> StartAsync(int port, string origin, string verifyToken)
    {
        var emulator = await MetaEmulator.StartAsync(new MetaEmulatorOptions
        {
            Port = port,
            AppName = "Frontdesk",
            RedirectUris = { origin + "/integrations/whatsapp/callback" },
            WebhookCallback = new Uri(origin + "/webhooks/whatsapp"),
            WebhookVerifyToken = verifyToken,
        });
        EmulatedBusinesses.Add(emulator.World);
        return emulator;
    }
}
