using System.Text;
using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Webhooks;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing;

/// <summary>Meta's webhooks: signed, delivered, and tried again until the app answers 200.</summary>
public sealed class WebhookSender
{
    private static readonly HashSet<string> AboutPartner = ["PARTNER_ADDED", "PARTNER_APP_INSTALLED", "PARTNER_APP_UNINSTALLED", "PARTNER_REMOVED"];

    private readonly EmulatorCore _core;
    private readonly WebhookQueue _queue;
    private string? _verifyTokenDue;

    internal WebhookSender(EmulatorCore core)
    {
        _core = core;
        _queue = new WebhookQueue(core.Options.TimeProvider);
        Callback = core.Options.WebhookCallback;
        _verifyTokenDue = core.Options.WebhookVerifyToken;
    }

    /// <summary>Where webhooks go.</summary>
    /// <value>Null: nowhere.</value>
    public Uri? Callback { get; private set; }

    /// <summary>Whether a message sent through the API is followed by its <c>sent</c> and <c>delivered</c> statuses.</summary>
    /// <value>True.</value>
    public bool SendStatuses { get; set; } = true;

    /// <summary>Every webhook so far, oldest first.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries => _queue.All;

    /// <summary>Webhooks that were not delivered yet and will be tried again.</summary>
    public IReadOnlyList<WebhookDelivery> Pending => [.. _queue.All.Where(delivery => delivery.Status == WebhookStatus.Pending)];

    /// <summary>Sets the callback, as in the App Dashboard: Meta first asks for its challenge back.</summary>
    /// <returns>False, and nothing changes, when the callback does not echo the challenge.</returns>
    public async Task<bool> ConfigureAsync(Uri callback, string verifyToken, CancellationToken cancellationToken = default)
    {
        if (!await _core.Post.HandshakeAsync(callback, verifyToken, cancellationToken).ConfigureAwait(false))
            return false;
        Callback = callback;
        _verifyTokenDue = null;
        return true;
    }

    /// <summary>Signs and delivers any payload, whether or not the app is subscribed.</summary>
    public Task<WebhookDelivery> SendAsync(JsonNode payload, CancellationToken cancellationToken = default) => DeliverAsync(Make(payload, null), cancellationToken);

    /// <summary>A customer writes a text message to a business phone number.</summary>
    /// <param name="phoneNumberId">The business phone number.</param>
    /// <param name="from">The customer's number; empty where Meta would leave it out (people with a username).</param>
    /// <param name="profileName">The customer's name.</param>
    /// <param name="body">The text.</param>
    /// <param name="cancellationToken">Ends the first attempt.</param>
    public Task<WebhookDelivery> ReceiveMessageAsync(string phoneNumberId, string from, string profileName, string body, CancellationToken cancellationToken = default)
    {
        var number = _core.World.FindNumber(phoneNumberId)
            ?? throw new ArgumentException($"No number has the id {phoneNumberId}. Add it to the world first.", nameof(phoneNumberId));
        var customer = string.Concat(from.Where(char.IsAsciiDigit));
        var message = new EmulatedMessage(MetaIds.NewMessageId(), number.Id, FromBusiness: false, customer, profileName, "text", body, _core.Now);
        _core.World.Add(message);
        return DeliverIfSubscribedAsync(number.Waba, Make(WebhookPayloads.Message(number, message), message.Id), cancellationToken);
    }

    /// <summary>Something happened to a WABA. The <c>PARTNER_*</c> events come subscribed or not, under the portfolio of the SaaS.</summary>
    /// <param name="wabaId">The WABA concerned.</param>
    /// <param name="eventName">Meta's event, for example <c>PARTNER_REMOVED</c>.</param>
    /// <param name="details">Further members of <c>value</c>.</param>
    /// <param name="cancellationToken">Ends the first attempt.</param>
    public Task<WebhookDelivery> AccountUpdateAsync(string wabaId, string eventName, JsonObject? details = null, CancellationToken cancellationToken = default)
    {
        var waba = _core.World.FindWaba(wabaId)
            ?? throw new ArgumentException($"No WABA has the id {wabaId}. Add it to the world first.", nameof(wabaId));
        var value = details?.DeepClone() as JsonObject ?? [];
        value["event"] = eventName;
        if (!AboutPartner.Contains(eventName))
            return DeliverIfSubscribedAsync(waba, Make(WebhookPayloads.Envelope(waba.Id, "account_update", value, _core.Now), null), cancellationToken);

        value["waba_info"] = new JsonObject { ["waba_id"] = waba.Id, ["owner_business_id"] = waba.Owner.Id, ["partner_app_id"] = _core.AppId };
        return SendAsync(WebhookPayloads.Envelope(_core.World.PartnerBusinessId, "account_update", value, _core.Now), cancellationToken);
    }

    /// <summary>Tries again what is due now. With the system's clock this happens by itself.</summary>
    public async Task RetryDueAsync(CancellationToken cancellationToken = default)
    {
        foreach (var delivery in _queue.TakeDue())
            await AttemptAsync(delivery, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reports the fate of a sent message, behind the caller's back as at Meta.</summary>
    internal void ReportStatuses(EmulatedNumber number, EmulatedMessage message)
    {
        if (!SendStatuses || Callback is null || !number.Waba.IsAppSubscribed)
            return;
        _ = Task.Run(async () =>
        {
            foreach (var status in (string[])["sent", "delivered"])
                await DeliverAsync(Make(WebhookPayloads.Status(number, message, status, _core.Now), message.Id), _core.Stopping).ConfigureAwait(false);
        });
    }

    private WebhookDelivery Make(JsonNode payload, string? messageId)
    {
        var wire = WireJson.Write(payload);
        var delivery = new WebhookDelivery(Encoding.UTF8.GetBytes(wire), wire, _core.Now) { MessageId = messageId };
        _queue.Add(delivery);
        return delivery;
    }

    private Task<WebhookDelivery> DeliverIfSubscribedAsync(EmulatedWaba waba, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (waba.IsAppSubscribed)
            return DeliverAsync(delivery, cancellationToken);
        delivery.Status = WebhookStatus.NotSubscribed;
        return Task.FromResult(delivery);
    }

    private async Task<WebhookDelivery> DeliverAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (Callback is null)
            delivery.Status = WebhookStatus.NoCallback;
        else if (_queue.TryTake(delivery))
            await AttemptAsync(delivery, cancellationToken).ConfigureAwait(false);
        return delivery;
    }

    private async Task AttemptAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _core.Stopping);
        var callback = Callback!;
        if (_verifyTokenDue is { } verifyToken && await _core.Post.HandshakeAsync(callback, verifyToken, linked.Token).ConfigureAwait(false))
            _verifyTokenDue = null;

        var status = _verifyTokenDue is null
            ? await _core.Post.SendAsync(callback, delivery.Body, _core.AppSecret, linked.Token).ConfigureAwait(false)
            : null;
        _queue.Record(delivery, status);
    }
}
