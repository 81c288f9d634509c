namespace WhatsAppOnboarding.Graph;

/// <summary>Lists where the webhooks of the app go, by the kind of thing they tell of. Made in the app's own name.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/reference/app/subscriptions</remarks>
/// <param name="AppId">The app.</param>
/// <param name="After">The cursor to go on from, or null for the first page.</param>
public sealed record ListAppSubscriptions(string AppId, string? After = null) : GraphCall<GraphPage<AppSubscription>>
{
    internal override string Operation => "list_app_subscriptions";

    internal override string Path => $"{AppId}/subscriptions";

    internal override GraphCredential Credential => GraphCredential.App;

    internal override void AddQuery(GraphQuery query, GraphOptions options) => query.Add("after", After);

    internal override GraphPage<AppSubscription>? Read(ReadOnlySpan<byte> json) =>
        WirePage.Read(json, GraphJson.Default.WirePageWireAppSubscription, wire => new AppSubscription(
            wire.Object, wire.CallbackUrl, wire.Active, [.. (wire.Fields ?? []).OfType<WireAppSubscription.Field>().Select(field => field.Name)]));
}

/// <summary>The app's subscription as Meta writes it.</summary>
internal sealed record WireAppSubscription(string Object, string? CallbackUrl = null, bool? Active = null, WireAppSubscription.Field?[]? Fields = null)
{
    internal sealed record Field(string Name);
}

/// <summary>Where the webhooks of the app go for one kind of thing.</summary>
/// <param name="Kind">What they tell of, as Meta names it in <c>object</c>; <see cref="WhatsApp"/> for this library's.</param>
/// <param name="Address">Where they go, or null when Meta did not say. Text from outside.</param>
/// <param name="IsActive">Whether they are sent, or null when Meta did not say.</param>
/// <param name="Fields">The fields that are sent.</param>
public sealed record AppSubscription(string Kind, string? Address, bool? IsActive, IReadOnlyList<string> Fields)
{
    /// <summary>The kind of everything that WhatsApp tells.</summary>
    public const string WhatsApp = "whatsapp_business_account";
}
