namespace WhatsAppOnboarding.Stores;

/// <summary>
/// A secret encrypted for one place: a token or a PIN for one account and one number, what a person granted for one attempt that waits for a choice.
/// Only the library opens it, and only there.
/// </summary>
/// <param name="Ciphertext">
/// What a store keeps: printable ASCII, about 1.5 times the secret's length plus 250 characters; of a waiting grant some hundred characters for each number.
/// </param>
[System.Diagnostics.DebuggerDisplay("[sealed]")]
public sealed record SealedSecret(string Ciphertext)
{
    /// <summary>Always <c>[sealed]</c>.</summary>
    public override string ToString() => "[sealed]";
}
