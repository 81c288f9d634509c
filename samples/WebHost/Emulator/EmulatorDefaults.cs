using WhatsAppOnboarding;
using WhatsAppOnboarding.Testing;

namespace WebHost.Emulator;

/// <summary>What the emulated Meta knows of the sample, the same whether it runs beside the sample or alone.</summary>
internal static class EmulatorDefaults
{
    public const string Section = "WhatsAppOnboarding";

    /// <summary>Where the sample listens unless told otherwise.</summary>
    public const string Origin = "http://localhost:5080";

    /// <param name="configuration">Names the port and the sample's paths.</param>
    /// <param name="origin">Where browsers reach the sample.</param>
    /// <param name="listening">Where this machine reaches it.</param>
    public static MetaEmulatorOptions Options(IConfiguration configuration, string origin, string listening)
    {
        var paths = configuration.GetSection($"{Section}:Paths").Get<WhatsAppOnboardingPaths>() ?? new WhatsAppOnboardingPaths();
        return new MetaEmulatorOptions
        {
            Port = configuration.GetValue("Emulator:Port", 5081),
            AppName = "Frontdesk",
            RedirectUris = { origin + paths.Callback },
            WebhookCallback = new Uri(listening + paths.Webhooks),
        };
    }
}
