namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>The style sheets, the scripts and two files, out of the assembly.</summary>
internal static class Assets
{
    public static string Css { get; } = Read("emulator.css");

    public static string Cockpit { get; } = Read("cockpit.css");

    public static string Script { get; } = Read("emulator.js");

    public static string Popup { get; } = Read("popup.js");

    public static string Sdk { get; } = Read("sdk.js");

    /// <summary>What a customer sends by one click.</summary>
    public static byte[] Photo { get; } = Load("photo.jpg");

    public static byte[] Voice { get; } = Load("voice.ogg");

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(Assets).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static byte[] Load(string name)
    {
        using var bytes = new MemoryStream();
        using var resource = typeof(Assets).Assembly.GetManifestResourceStream(name)!;
        resource.CopyTo(bytes);
        return bytes.ToArray();
    }
}
