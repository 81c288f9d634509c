namespace WhatsAppOnboarding.Graph;

/// <summary>Ends the webhooks of a WABA for the app that the token belongs to. May be repeated.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps</remarks>
/// <param name="Token">The customer's token.</param>
/// <param name="Waba">The WABA.</param>
public sealed record UnsubscribeApp(AccessToken Token, WabaId Waba) : GraphCall<GraphDone>
{
    internal override string Operation => "unsubscribe_app";

    internal override string Path => $"{Waba}/subscribed_apps";

    internal override GraphCredential Credential => GraphCredential.Of(Token);

    internal override HttpMethod Method => HttpMethod.Delete;

    internal override bool IsSafe => true;

    internal override GraphDone? Read(ReadOnlySpan<byte> json) => WireDone.Read(json);
}
