using WhatsAppOnboarding.Testing;

namespace WebHost.Emulator;

/// <summary>What the emulated Meta knows of the sample, the same whether it runs beside the sample or alone.</summary>
internal static class EmulatorDefaults
{
    public const string Section = "WhatsAppOnboarding";

    /// <summary>Where the sample listens unless told otherwise.</summary>
    public const string Origin = "http://localhost:5080";

    /// <summary>The emulated Meta's one Login for Business configuration, with which its popup opens.</summary>
    public const string ConfigurationId = "400000000000001";

    /// <summary>Where browsers load the emulated Meta's script.</summary>
    public static Uri Sdk(MetaEmulator emulator) => new(emulator.Address, "/en_US/sdk.js");

    /// <param name="configuration">Names the port and the sample's paths.</param>
    /// <param name="origin">Where browsers reach the sample.</param>
    /// <param name="listening">Where this machine reaches it.</param>
    public static MetaEmulatorOptions Options(IConfiguration configuration, string origin, string listening)
    {
        var paths = configuration.GetSection($"{Section}:Paths").Get<WhatsAppOnboardingPaths>() ?? new WhatsAppOnboardingPaths();
        return new MetaEmulatorOptions
        {
            Port = configuration.GetValue("Emulator:Port", 5081),
            // As the businesses' ids: what the database keeps still fits after a restart.
            AppId = "500000000000001",
            AppName = "Frontdesk",
            ConfigurationId = ConfigurationId,
            EnforceCustomerServiceWindow = true,
            AllowedDomains = { origin },
            RedirectUris = { origin + paths.Callback },
            WebhookCallback = new Uri(listening + paths.Webhooks),
        };
    }
}
