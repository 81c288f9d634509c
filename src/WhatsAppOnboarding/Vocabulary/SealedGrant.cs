namespace WhatsAppOnboarding.Stores;

/// <summary>What a person granted, token included, encrypted for one attempt that waits for a choice. Only the library opens it.</summary>
/// <param name="Ciphertext">What a store keeps: printable ASCII, some hundred characters for each number granted.</param>
[System.Diagnostics.DebuggerDisplay("[sealed grant]")]
public sealed record SealedGrant(string Ciphertext)
{
    /// <summary>Always <c>[sealed grant]</c>.</summary>
    public override string ToString() => "[sealed grant]";
}
