using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>
/// Has the <c>messages</c> webhooks of a WABA sent to another address than the app's. Meta calls that address at once with the verify token, so it
/// must answer by then. May be repeated.
/// </summary>
/// <remarks>
/// Only after the app is subscribed to the WABA. Each later <see cref="SubscribeApp"/> removes it.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
/// </remarks>
/// <param name="Token">The customer's token.</param>
/// <param name="Waba">The WABA.</param>
/// <param name="Address">Where to; at most <see cref="MaxAddressLength"/> characters.</param>
/// <param name="VerifyToken">What Meta repeats in the handshake. A secret.</param>
public sealed record OverrideWebhook(AccessToken Token, WabaId Waba, Uri Address, string VerifyToken) : GraphCall<GraphDone>
{
    /// <summary>The longest address that Meta takes, in characters.</summary>
    public const int MaxAddressLength = 200;

    internal override string Operation => "override_webhook";

    internal override string Path => $"{Waba}/subscribed_apps";

    internal override GraphCredential Credential => GraphCredential.Of(Token);

    internal override HttpMethod Method => HttpMethod.Post;

    internal override bool IsSafe => true;

    internal override byte[] CreateBody() =>
        JsonSerializer.SerializeToUtf8Bytes(new WireOverride(Address.AbsoluteUri, VerifyToken), GraphJson.Default.WireOverride);

    internal override GraphDone? Read(ReadOnlySpan<byte> json) => WireOverridden.Read(json);
}

/// <summary>An override as Meta reads it.</summary>
internal sealed record WireOverride(string OverrideCallbackUri, string VerifyToken)
{
    public override string ToString() => nameof(WireOverride);
}

/// <summary>The confirmation as Meta writes it: the bare one, or the subscriptions as they are then.</summary>
internal sealed record WireOverridden(bool? Success = null, WireSubscribedApp?[]? Data = null)
{
    public static GraphDone? Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, GraphJson.Default.WireOverridden) is { Success: true } or { Success: null, Data: not null } ? new() : null;
}
