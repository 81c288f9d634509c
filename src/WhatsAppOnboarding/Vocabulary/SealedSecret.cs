namespace WhatsAppOnboarding.Stores;

/// <summary>
/// A secret encrypted for one place: a token or a PIN for one account and one number, what a person granted for one attempt that waits for a choice.
/// Only the library opens it, and only there. Two are the same when their ciphertexts are.
/// </summary>
[System.Diagnostics.DebuggerDisplay("[sealed]")]
public sealed record SealedSecret
{
    private readonly string _ciphertext;

    /// <summary>Takes what a store kept.</summary>
    public SealedSecret(string ciphertext)
    {
        ArgumentNullException.ThrowIfNull(ciphertext);
        _ciphertext = ciphertext;
    }

    /// <summary>
    /// What a store keeps, and nothing else: printable ASCII, about 1.5 times the secret's length plus 250 characters; of a waiting grant some hundred characters
    /// for each number. A method, so that neither JSON nor a log that takes objects apart shows it.
    /// </summary>
    public string Reveal() => _ciphertext;

    /// <summary>Always <c>[sealed]</c>.</summary>
    public override string ToString() => "[sealed]";
}
