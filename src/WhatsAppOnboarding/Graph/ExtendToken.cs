namespace WhatsAppOnboarding.Graph;

/// <summary>Turns a user token of hours into one of about 60 days. Only for user tokens that have not expired; never repeated by itself.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived</remarks>
/// <param name="Token">The short-lived token.</param>
public sealed record ExtendToken(AccessToken Token) : GraphCall<IssuedToken>
{
    internal override string Operation => "extend_token";

    internal override string Path => "oauth/access_token";

    internal override GraphCredential Credential => GraphCredential.ClientSecret;

    internal override bool IsSafe => false;

    // Meta takes the token to be extended among the parameters and nowhere else.
    internal override void AddQuery(GraphQuery query, GraphOptions options) => query
        .Add("grant_type", "fb_exchange_token")
        .Add("fb_exchange_token", Token.Reveal());

    internal override IssuedToken? Read(ReadOnlySpan<byte> json) => WireToken.Read(json);
}
