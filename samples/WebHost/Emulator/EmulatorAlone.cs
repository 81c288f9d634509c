using System.Runtime.InteropServices;
using WhatsAppOnboarding.Testing;

namespace WebHost.Emulator;

/// <summary>The emulated Meta without the sample: <c>dotnet run --project samples/WebHost -- emulator</c>. It outlives restarts of the app.</summary>
internal static class EmulatorAlone
{
    public static async Task RunAsync(IConfiguration configuration)
    {
        var section = configuration.GetSection("WhatsAppOnboarding");
        var origin = section["PublicOrigin"] ?? "http://localhost:5080";
        var options = new MetaEmulatorOptions
        {
            Port = configuration.GetValue("Emulator:Port", 5081),
            AppName = "Frontdesk",
            AppId = NullIfEmpty(section["AppId"]),
            AppSecret = NullIfEmpty(section["AppSecret"]),
            RedirectUris = { origin + "/integrations/whatsapp/callback" },
            WebhookCallback = new Uri(origin + "/webhooks/whatsapp"),
            WebhookVerifyToken = section["WebhookVerifyToken"] ?? "emulated-verify-token-for-the-sample",
        };

        using var stop = new CancellationTokenSource();
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        await MetaEmulator.RunAsync(options, emulator => Introduce(emulator, options), stop.Token);
    }

    private static void Introduce(MetaEmulator emulator, MetaEmulatorOptions options)
    {
        EmulatedBusinesses.Add(emulator.World);
        Console.WriteLine($"""
            An emulated Meta runs at {emulator.Address}. Start the sample in another terminal with

              WhatsAppOnboarding__AppId={emulator.AppId}
              WhatsAppOnboarding__AppSecret={emulator.AppSecret}
              WhatsAppOnboarding__WebhookVerifyToken={options.WebhookVerifyToken}
              WhatsAppOnboarding__GraphBaseAddress={emulator.Address}
              WhatsAppOnboarding__DialogBaseAddress={emulator.Address}
            """);
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
