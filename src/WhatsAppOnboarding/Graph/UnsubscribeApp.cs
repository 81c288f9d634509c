namespace WhatsAppOnboarding.Graph;

/// <summary>Ends the webhooks of a WABA for the app that the token belongs to. Never repeated by the client itself.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps</remarks>
/// <param name="Token">The customer's token.</param>
/// <param name="Waba">The WABA.</param>
public sealed record UnsubscribeApp(AccessToken Token, WabaId Waba) : GraphCall<GraphDone>
{
    internal override string Operation => "unsubscribe_app";

    internal override string Path => $"{Waba}/subscribed_apps";

    internal override GraphCredential Credential => GraphCredential.Of(Token);

    internal override HttpMethod Method => HttpMethod.Delete;

    // A refusal must mean that nothing was done. After a lost answer it would not: the first try may have done it.
    internal override bool IsSafe => false;

    internal override GraphDone? Read(ReadOnlySpan<byte> json) => WireDone.Read(json);
}
