using System.Text;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Webhooks;

/// <summary>Carries deliveries to their callback, again and again if need be.</summary>
internal sealed class WebhookCarrier(EmulatorCore core, AppCallback app)
{
    private readonly WebhookQueue _queue = new(core.Options.TimeProvider);

    public IReadOnlyList<WebhookDelivery> All => _queue.All;

    /// <param name="payload">The body.</param>
    /// <param name="messageId">The message that it is about.</param>
    /// <param name="overriding">The WABA whose own callback takes it.</param>
    public WebhookDelivery Make(JsonNode payload, string? messageId = null, EmulatedWaba? overriding = null) =>
        Make(WireJson.Write(payload), messageId, overriding);

    public WebhookDelivery Copy(WebhookDelivery delivery) => Make(delivery.Payload, delivery.MessageId, delivery.Overriding);

    public async Task<WebhookDelivery> DeliverAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (Destination(delivery) is null)
            delivery.Status = DeliveryStatus.NoCallback;
        else if (_queue.TryTake(delivery))
            await AttemptAsync(delivery, cancellationToken).ConfigureAwait(false);
        return delivery;
    }

    public async Task RetryDueAsync(CancellationToken cancellationToken)
    {
        foreach (var delivery in _queue.TakeDue())
            await AttemptAsync(delivery, cancellationToken).ConfigureAwait(false);
    }

    // Looked up at each attempt: what waits goes where the app listens by then.
    private Uri? Destination(WebhookDelivery delivery) => delivery.Overriding?.OverrideCallback ?? app.Address;

    private WebhookDelivery Make(string wire, string? messageId, EmulatedWaba? overriding)
    {
        var delivery = new WebhookDelivery(Encoding.UTF8.GetBytes(wire), wire, core.Now) { MessageId = messageId, Overriding = overriding };
        _queue.Add(delivery);
        return delivery;
    }

    private async Task AttemptAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, core.Stopping);
        delivery.Callback = Destination(delivery);
        var status = delivery.Callback is { } callback && await IsReadyAsync(callback, linked.Token).ConfigureAwait(false)
            ? await core.Post.SendAsync(callback, delivery.Body, core.AppSecret, linked.Token).ConfigureAwait(false)
            : null;
        _queue.Record(delivery, status);
    }

    private async Task<bool> IsReadyAsync(Uri callback, CancellationToken cancellationToken)
    {
        if (callback != app.Address || app.VerifyTokenDue is not { } verifyToken)
            return true;
        if (await core.Post.HandshakeAsync(callback, verifyToken, cancellationToken).ConfigureAwait(false) != Handshake.Passed)
            return false;
        app.HandshakeDone();
        return true;
    }
}
