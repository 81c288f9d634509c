namespace WhatsAppOnboarding.Stores;

/// <summary>A token encrypted for one account and one number. Only the library opens it.</summary>
/// <param name="Ciphertext">What a store keeps: printable ASCII, about 1.5 times the token's length plus 250 characters.</param>
[System.Diagnostics.DebuggerDisplay("[sealed token]")]
public sealed record SealedToken(string Ciphertext)
{
    /// <summary>Always <c>[sealed token]</c>.</summary>
    public override string ToString() => "[sealed token]";
}
