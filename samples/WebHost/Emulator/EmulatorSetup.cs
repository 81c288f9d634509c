using System.Security.Cryptography;
using WhatsAppOnboarding.Testing;

namespace WebHost.Emulator;

public static class EmulatorSetup
{
    private const string Section = EmulatorDefaults.Section;

    /// <summary>Listens on <see cref="EmulatorDefaults.Origin"/> unless told otherwise, and in Development takes that as the public address too.</summary>
    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var configuration = builder.Configuration;
        if (configuration["urls"] is null && configuration["http_ports"] is null && !configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(EmulatorDefaults.Origin);

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
            builder.Services.AddSingleton(EmulatorLink.To(configuration[$"{Section}:DialogBaseAddress"]));
            return;
        }

        if (!builder.Environment.IsDevelopment() && !configuration.GetValue<bool>("Emulator:Enabled"))
            throw new InvalidOperationException(
                "No Meta app is configured. Set WhatsAppOnboarding:AppId and WhatsAppOnboarding:AppSecret to those of your Meta app, "
                + "or set Emulator:Enabled=true to try the sample with an emulated Meta.");

        var origin = configuration[$"{Section}:PublicOrigin"]
            ?? throw new InvalidOperationException("Set WhatsAppOnboarding:PublicOrigin to where browsers reach this service, such as " + EmulatorDefaults.Origin + ".");
        // Unlike Meta it is on this machine, and needs no way round by the public address.
        var options = EmulatorDefaults.Options(configuration, origin, Listening(configuration));
        options.WebhookVerifyToken = Convert.ToHexString(RandomNumberGenerator.GetBytes(24));
        var emulator = await StartAsync(options);

        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{Section}:AppId"] = emulator.AppId,
            [$"{Section}:AppSecret"] = emulator.AppSecret,
            [$"{Section}:WebhookVerifyToken"] = options.WebhookVerifyToken,
            [$"{Section}:GraphBaseAddress"] = emulator.Address.ToString(),
            [$"{Section}:DialogBaseAddress"] = emulator.Address.ToString(),
            [$"{Section}:ConfigurationId"] = EmulatorDefaults.ConfigurationId,
            [$"{Section}:SdkAddress"] = EmulatorDefaults.Sdk(emulator).ToString(),
            [$"{Section}:AllowOtherMetaHosts"] = "true",
        });
        // A factory, so that the emulator is disposed with the host.
        builder.Services.AddSingleton(_ => emulator);
        builder.Services.AddSingleton(services => new EmulatorLink(services.GetRequiredService<MetaEmulator>().Address));
    }

    private static async Task<MetaEmulator> StartAsync(MetaEmulatorOptions options)
    {
        try
        {
            var emulator = await MetaEmulator.StartAsync(options);
            EmulatedBusinesses.Add(emulator.World);
            return emulator;
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException($"The emulated Meta cannot listen on port {options.Port}. Stop what uses it, or set Emulator:Port to another.", exception);
        }
    }

    /// <summary>The first address that the sample listens on, as it is reached from this machine.</summary>
    private static string Listening(ConfigurationManager configuration) =>
        (configuration["urls"] ?? EmulatorDefaults.Origin).Split(';')[0].TrimEnd('/')
            .Replace("://*", "://localhost", StringComparison.Ordinal)
            .Replace("://+", "://localhost", StringComparison.Ordinal)
            .Replace("://0.0.0.0", "://localhost", StringComparison.Ordinal);
}
