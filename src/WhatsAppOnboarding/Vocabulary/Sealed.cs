namespace WhatsAppOnboarding.Stores;

/// <summary>A token encrypted for one account and one number. Only the library opens it.</summary>
/// <param name="Ciphertext">What a store keeps: printable ASCII, about 1.5 times the token's length plus 250 characters.</param>
[System.Diagnostics.DebuggerDisplay("[sealed token]")]
public sealed record SealedToken(string Ciphertext)
{
    /// <summary>Always <c>[sealed token]</c>.</summary>
    public override string ToString() => "[sealed token]";
}

/// <summary>A PIN encrypted for one account and one number. Only the library opens it.</summary>
/// <param name="Ciphertext">What a store keeps: printable ASCII.</param>
[System.Diagnostics.DebuggerDisplay("[sealed pin]")]
public sealed record SealedPin(string Ciphertext)
{
    /// <summary>Always <c>[sealed pin]</c>.</summary>
    public override string ToString() => "[sealed pin]";
}

/// <summary>What a person granted, token included, encrypted for one attempt that waits for a choice. Only the library opens it.</summary>
/// <param name="Ciphertext">What a store keeps: printable ASCII, some hundred characters for each number granted.</param>
[System.Diagnostics.DebuggerDisplay("[sealed grant]")]
public sealed record SealedGrant(string Ciphertext)
{
    /// <summary>Always <c>[sealed grant]</c>.</summary>
    public override string ToString() => "[sealed grant]";
}
