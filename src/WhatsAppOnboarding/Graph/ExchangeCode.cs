namespace WhatsAppOnboarding.Graph;

/// <summary>Turns the code that a login brought back into a token. A code lives for seconds and works once, so this call is never repeated by itself.</summary>
/// <remarks>
/// A refused code is <see cref="GraphErrorKind.Rejected"/> with code 100 and subcode 36007 (expired), 36008 (another redirect URI) or 36009 (used before).
/// Source: https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow#exchangecode
/// </remarks>
/// <param name="Code">The code. A secret.</param>
/// <param name="RedirectUri">
/// The redirect URI of the dialog, sent exactly as it was written there (<see cref="Uri.OriginalString"/>); null for a code of the popup, which has none.
/// </param>
public sealed record ExchangeCode(string Code, Uri? RedirectUri) : GraphCall<IssuedToken>
{
    internal override string Operation => "exchange_code";

    internal override string Path => "oauth/access_token";

    internal override GraphCredential Credential => GraphCredential.ClientSecret;

    internal override bool IsSafe => false;

    internal override void AddQuery(GraphQuery query, GraphOptions options) => query
        .Add("redirect_uri", RedirectUri?.OriginalString)
        .Add("code", Code);

    internal override IssuedToken? Read(ReadOnlySpan<byte> json) => WireToken.Read(json);
}
