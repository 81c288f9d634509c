namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>The style sheet and the scripts, out of the assembly.</summary>
internal static class Assets
{
    public static string Css { get; } = Read("emulator.css");

    public static string Script { get; } = Read("emulator.js");

    public static string Popup { get; } = Read("popup.js");

    public static string Sdk { get; } = Read("sdk.js");

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Assets).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
