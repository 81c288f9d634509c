namespace WhatsAppOnboarding.Graph;

/// <summary>Has the webhooks of a WABA sent to the app that the token belongs to. May be repeated.</summary>
/// <remarks>
/// Which webhooks come is set on the app, not here. Removes an override of the webhook address, if the WABA had one.
/// Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps
/// </remarks>
/// <param name="Token">The customer's token.</param>
/// <param name="Waba">The WABA.</param>
public sealed record SubscribeApp(AccessToken Token, WabaId Waba) : GraphCall<GraphDone>
{
    internal override string Operation => "subscribe_app";

    internal override string Path => $"{Waba}/subscribed_apps";

    internal override GraphCredential Credential => GraphCredential.Of(Token);

    internal override HttpMethod Method => HttpMethod.Post;

    internal override bool IsSafe => true;

    internal override GraphDone? Read(ReadOnlySpan<byte> json) => WireDone.Read(json);
}
