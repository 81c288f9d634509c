namespace WhatsAppOnboarding.Connect;

/// <summary>A code as it came back, and all that came with it.</summary>
/// <param name="Code">To exchange; used once.</param>
/// <param name="RedirectUri">The redirect URI of the dialog, to the letter; null for a code of the popup.</param>
/// <param name="Hints">What the browser said; nothing of it counts until the token proves it.</param>
/// <param name="Expect">The number that must be among those granted; null for any.</param>
internal sealed record GrantedCode(string Code, Uri? RedirectUri, ConnectHints Hints, string? Expect)
{
    public override string ToString() => "[code]";
}
