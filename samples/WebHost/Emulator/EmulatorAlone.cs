using System.Runtime.InteropServices;
using WhatsAppOnboarding.Testing;

namespace WebHost.Emulator;

/// <summary>The emulated Meta without the sample: <c>dotnet run --project samples/WebHost -- emulator</c>. It outlives restarts of the app.</summary>
internal static class EmulatorAlone
{
    public static async Task RunAsync(IConfiguration configuration)
    {
        var section = configuration.GetSection(EmulatorDefaults.Section);
        var origin = NullIfEmpty(section["PublicOrigin"]) ?? EmulatorDefaults.Origin;
        var options = EmulatorDefaults.Options(configuration, origin, listening: origin);
        options.AppId = NullIfEmpty(section["AppId"]) ?? options.AppId;
        options.AppSecret = NullIfEmpty(section["AppSecret"]);
        options.WebhookVerifyToken = NullIfEmpty(section["WebhookVerifyToken"]) ?? "emulated-verify-token-for-the-sample";

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
            An emulated Meta runs at {emulator.Address}. Paste this into another terminal and start the sample there:

            {Export("AppId", emulator.AppId)}
            {Export("AppSecret", emulator.AppSecret)}
            {Export("ConfigurationId", options.ConfigurationId)}
            {Export("WebhookVerifyToken", options.WebhookVerifyToken)}
            {Export("GraphBaseAddress", $"{emulator.Address}")}
            {Export("DialogBaseAddress", $"{emulator.Address}")}
            {Export("SdkAddress", $"{EmulatorDefaults.Sdk(emulator)}")}
            """);
    }

    private static string Export(string setting, string? value) =>
        $"export {EmulatorDefaults.Section}__{setting}='{value?.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static string? NullIfEmpty(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
