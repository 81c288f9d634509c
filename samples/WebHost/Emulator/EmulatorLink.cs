namespace WebHost.Emulator;

/// <summary>Where the emulated Meta is, if there is one. Pages say so and link to it.</summary>
public sealed record EmulatorLink(Uri? Address)
{
    /// <summary>To an emulated Meta that runs by itself: Meta's own dialog is never on this machine.</summary>
    public static EmulatorLink To(string? dialogAddress) =>
        new(Uri.TryCreate(dialogAddress, UriKind.Absolute, out var address) && address.IsLoopback ? address : null);
}
