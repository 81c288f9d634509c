
namespace WhatsAppOnboarding.Graph;

/// <summary>The calls that say where webhooks go: those of one WABA in the customer's name, those of the whole app in its own.</summary>
internal static class SubscriptionCalls
{
    /// <summary>The longest address of its own that Meta takes for a WABA, in characters.</summary>
    public const int MaxAddressLength = 200;

    /// <summary>Has the webhooks of a WABA sent to the app that the token belongs to. May be repeated.</summary>
    /// <remarks>
    /// Which webhooks come is set on the app, not here. Removes an override of the webhook address, if the WABA had one.
    /// Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps
    /// </remarks>
    public static GraphCall<GraphDone> Subscribe(AccessToken token, WabaId waba) =>
        GraphCall.Post("subscribe_app", $"{waba}/subscribed_apps", token, mayRepeat: true);

    /// <summary>
    /// Ends the webhooks of a WABA for the app that the token belongs to. Never repeated by the client itself: a refusal must mean that nothing was
    /// done, and after a lost answer it would not.
    /// </summary>
    /// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps</remarks>
    public static GraphCall<GraphDone> Unsubscribe(AccessToken token, WabaId waba) =>
        GraphCall.Delete("unsubscribe_app", $"{waba}/subscribed_apps", token);

    /// <summary>Lists the apps that get the webhooks of a WABA.</summary>
    /// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps</remarks>
    public static GraphCall<GraphPage<SubscribedApp>> ListSubscribedApps(AccessToken token, WabaId waba, string? after = null) =>
        new("list_subscribed_apps", HttpMethod.Get, $"{waba}/subscribed_apps", GraphCredential.Of(token), WireSubscribedApp.Read) { Query = [("after", after)] };

    /// <summary>
    /// Has the <c>messages</c> webhooks of a WABA sent to another address than the app's. Meta calls that address at once with the verify token, so it
    /// must answer by then. May be repeated.
    /// </summary>
    /// <remarks>
    /// Only after the app is subscribed to the WABA. Each later <see cref="Subscribe"/> removes it.
    /// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/override
    /// </remarks>
    /// <param name="token">The customer's token.</param>
    /// <param name="waba">The WABA.</param>
    /// <param name="address">Where to; at most <see cref="MaxAddressLength"/> characters.</param>
    /// <param name="verifyToken">What Meta repeats in the handshake. A secret.</param>
    public static GraphCall<GraphDone> Override(AccessToken token, WabaId waba, Uri address, string verifyToken) =>
        new("override_webhook", HttpMethod.Post, $"{waba}/subscribed_apps", GraphCredential.Of(token), WireOverridden.Read)
        {
            IsSafe = true,
            Body = GraphBody.Json(new(address.AbsoluteUri, verifyToken), GraphJson.Default.WireOverride),
        };

    /// <summary>Lists where the webhooks of the app go, by the kind of thing they report. Made in the app's own name.</summary>
    /// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/app/subscriptions</remarks>
    /// <param name="appId">The app.</param>
    /// <param name="after">The cursor of the page before; null for the first.</param>
    /// <param name="as">The app's credential; null for the configured one.</param>
    public static GraphCall<GraphPage<AppSubscription>> ListAppSubscriptions(string appId, string? after = null, GraphCredential? @as = null) =>
        new("list_app_subscriptions", HttpMethod.Get, $"{appId}/subscriptions", @as ?? GraphCredential.App, WireAppSubscription.Read) { Query = [("after", after)] };

    /// <summary>
    /// Sets where the webhooks of the app go and which fields come, for all customers. Replaces what was set. Meta calls the address at once with the
    /// verify token, a secret, so the host must be listening. Made in the app's own name; may be repeated.
    /// </summary>
    /// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/app/subscriptions</remarks>
    public static GraphCall<GraphDone> SubscribeAppFields(string appId, Uri address, string verifyToken, IReadOnlyCollection<string> fields) =>
        new("subscribe_app_fields", HttpMethod.Post, $"{appId}/subscriptions", GraphCredential.App, WireDone.Read)
        {
            IsSafe = true,
            Body = GraphBody.Json(
                new(AppSubscription.WhatsApp, address.AbsoluteUri, verifyToken, string.Join(',', fields), true), GraphJson.Default.WireAppFields),
        };
}

/// <summary>A subscription as Meta writes it.</summary>
internal sealed record WireSubscribedApp(WireSubscribedApp.App WhatsappBusinessApiData, string? OverrideCallbackUri = null)
{
    public static GraphPage<SubscribedApp>? Read(ReadOnlySpan<byte> json) => GraphPage.Read(json, GraphJson.Default.WireSubscribedApp, wire =>
        new SubscribedApp(wire.WhatsappBusinessApiData.Id, wire.WhatsappBusinessApiData.Name, wire.OverrideCallbackUri));

    internal sealed record App(string Id, string? Name = null);
}

/// <summary>An app that gets the webhooks of a WABA.</summary>
/// <param name="AppId">The app's id.</param>
/// <param name="Name">Its name, or null when Meta did not say.</param>
/// <param name="OverrideAddress">Where the webhooks of this WABA go instead of the app's own address; null when nowhere else. Text from outside.</param>
internal sealed record SubscribedApp(string AppId, string? Name = null, string? OverrideAddress = null);

/// <summary>An override as Meta reads it.</summary>
internal sealed record WireOverride(string OverrideCallbackUri, string VerifyToken)
{
    public override string ToString() => nameof(WireOverride);
}

/// <summary>The confirmation as Meta writes it: the bare one, or the subscriptions as they are then.</summary>
internal sealed record WireOverridden(bool? Success = null, WireSubscribedApp?[]? Data = null)
{
    public static GraphDone? Read(ReadOnlySpan<byte> json) =>
        TolerantJson.Read(json, GraphJson.Default.WireOverridden) is { Success: true } or { Success: null, Data: not null } ? new() : null;
}

/// <summary>The app's subscription as Meta writes it.</summary>
internal sealed record WireAppSubscription(string Object, string? CallbackUrl = null, bool? Active = null, WireAppSubscription.Field?[]? Fields = null)
{
    public static GraphPage<AppSubscription>? Read(ReadOnlySpan<byte> json) => GraphPage.Read(json, GraphJson.Default.WireAppSubscription, wire =>
        new AppSubscription(wire.Object, wire.CallbackUrl, wire.Active, [.. (wire.Fields ?? []).OfType<Field>().Select(field => field.Name)])
        {
            Versions = [.. (wire.Fields ?? []).Select(field => field?.Version).OfType<string>()],
        });

    internal sealed record Field(string Name, string? Version = null);
}

/// <summary>Where the webhooks of the app go for one kind of thing.</summary>
/// <param name="Kind">What they tell of, as Meta names it in <c>object</c>; <see cref="WhatsApp"/> for this library's.</param>
/// <param name="Address">Where they go, or null when Meta did not say. Text from outside.</param>
/// <param name="IsActive">Whether they are sent, or null when Meta did not say.</param>
/// <param name="Fields">The fields that are sent.</param>
internal sealed record AppSubscription(string Kind, string? Address, bool? IsActive, IReadOnlyList<string> Fields)
{
    /// <summary>The kind of everything that WhatsApp tells.</summary>
    public const string WhatsApp = "whatsapp_business_account";

    /// <summary>The Graph API versions that the fields come in, where Meta says them.</summary>
    public IReadOnlyList<string> Versions { get; init; } = [];
}

/// <summary>The app's subscription as Meta reads it.</summary>
internal sealed record WireAppFields(string Object, string CallbackUrl, string VerifyToken, string Fields, bool IncludeValues)
{
    public override string ToString() => nameof(WireAppFields);
}
