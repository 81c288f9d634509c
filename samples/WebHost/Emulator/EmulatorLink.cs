namespace WebHost.Emulator;

/// <summary>Where the emulated Meta is, if there is one. Pages say so and link to it.</summary>
public sealed record EmulatorLink(Uri? Address)
{
    public static readonly EmulatorLink None = new((Uri?)null);
}
