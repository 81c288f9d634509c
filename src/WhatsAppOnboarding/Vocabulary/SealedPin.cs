namespace WhatsAppOnboarding.Stores;

/// <summary>A PIN encrypted for one account and one number. Only the library opens it.</summary>
/// <param name="Ciphertext">What a store keeps: printable ASCII.</param>
[System.Diagnostics.DebuggerDisplay("[sealed pin]")]
public sealed record SealedPin(string Ciphertext)
{
    /// <summary>Always <c>[sealed pin]</c>.</summary>
    public override string ToString() => "[sealed pin]";
}
