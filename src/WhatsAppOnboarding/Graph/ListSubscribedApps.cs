namespace WhatsAppOnboarding.Graph;

/// <summary>Lists the apps that get the webhooks of a WABA.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps</remarks>
/// <param name="Token">The customer's token.</param>
/// <param name="Waba">The WABA.</param>
/// <param name="After">The cursor to go on from, or null for the first page.</param>
public sealed record ListSubscribedApps(AccessToken Token, WabaId Waba, string? After = null) : GraphCall<GraphPage<SubscribedApp>>
{
    internal override string Operation => "list_subscribed_apps";

    internal override string Path => $"{Waba}/subscribed_apps";

    internal override GraphCredential Credential => GraphCredential.Of(Token);

    internal override void AddQuery(GraphQuery query, GraphOptions options) => query.Add("after", After);

    internal override GraphPage<SubscribedApp>? Read(ReadOnlySpan<byte> json) =>
        WirePage.Read(json, GraphJson.Default.WirePageWireSubscribedApp, wire => new SubscribedApp(
            wire.WhatsappBusinessApiData.Id, wire.WhatsappBusinessApiData.Name, wire.OverrideCallbackUri));
}

/// <summary>A subscription as Meta writes it.</summary>
internal sealed record WireSubscribedApp(WireSubscribedApp.App WhatsappBusinessApiData, string? OverrideCallbackUri = null)
{
    internal sealed record App(string Id, string? Name = null);
}

/// <summary>An app that gets the webhooks of a WABA.</summary>
/// <param name="AppId">The app's id.</param>
/// <param name="Name">Its name, or null when Meta did not say.</param>
/// <param name="OverrideAddress">Where the webhooks of this WABA go instead of the app's own address; null when nowhere else. Text from outside.</param>
public sealed record SubscribedApp(string AppId, string? Name = null, string? OverrideAddress = null);
