using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>
/// Sets where the webhooks of the app go and which fields come, for all customers. Replaces what was set. Meta calls the address at once with the
/// verify token, so the host must be listening. Made in the app's own name; may be repeated.
/// </summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/app/subscriptions</remarks>
/// <param name="AppId">The app.</param>
/// <param name="Address">Where the webhooks go.</param>
/// <param name="VerifyToken">What Meta repeats in the handshake. A secret.</param>
/// <param name="Fields">The fields to have sent.</param>
public sealed record SubscribeAppFields(string AppId, Uri Address, string VerifyToken, IReadOnlyCollection<string> Fields) : GraphCall<GraphDone>
{
    internal override string Operation => "subscribe_app_fields";

    internal override string Path => $"{AppId}/subscriptions";

    internal override GraphCredential Credential => GraphCredential.App;

    internal override HttpMethod Method => HttpMethod.Post;

    internal override bool IsSafe => true;

    internal override byte[] CreateBody() => JsonSerializer.SerializeToUtf8Bytes(
        new WireAppFields(AppSubscription.WhatsApp, Address.AbsoluteUri, VerifyToken, string.Join(',', Fields), true), GraphJson.Default.WireAppFields);

    internal override GraphDone? Read(ReadOnlySpan<byte> json) => WireDone.Read(json);
}

/// <summary>The app's subscription as Meta reads it.</summary>
internal sealed record WireAppFields(string Object, string CallbackUrl, string VerifyToken, string Fields, bool IncludeValues)
{
    public override string ToString() => nameof(WireAppFields);
}
