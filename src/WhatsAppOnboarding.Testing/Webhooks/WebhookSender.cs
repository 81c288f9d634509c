using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Faults;
using WhatsAppOnboarding.Testing.Webhooks;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing;

/// <summary>Meta's webhooks: signed, delivered, and tried again until the app answers 200.</summary>
/// <remarks><see cref="MetaMessages"/>, <see cref="MetaStatuses"/>, <see cref="MetaAccountUpdates"/>, <see cref="MetaWabaEvents"/>, <see cref="MetaNumberEvents"/>, <see cref="MetaRouting"/> and <see cref="MetaBusinessAppEvents"/> make what is sent; <see cref="Happenings"/> also makes it true.</remarks>
public sealed class WebhookSender
{
    private readonly EmulatorCore _core;
    private readonly WebhookCarrier _carrier;

    internal WebhookSender(EmulatorCore core)
    {
        _core = core;
        _carrier = new WebhookCarrier(core, core.App);
    }

    /// <summary>Where webhooks go, but for those that a WABA's override takes.</summary>
    /// <value>Null: nowhere.</value>
    public Uri? Callback => _core.App.Address;

    /// <summary>The fields that the app is subscribed to; <c>POST {app}/subscriptions</c> sets them too.</summary>
    /// <value>Null: all.</value>
    public IReadOnlyList<string>? Fields
    {
        get => _core.App.Fields;
        set => _core.App.Fields = value;
    }

    /// <summary>Whether a message sent through the API is followed by its statuses: <c>sent</c> and <c>delivered</c> (a reaction: <c>sent</c> alone), or <c>failed</c>.</summary>
    /// <value>True.</value>
    public bool SendStatuses { get; set; } = true;

    /// <summary>Every delivery so far, oldest first.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries => _carrier.All;

    /// <summary>Deliveries that the app did not take yet and that will be tried again.</summary>
    public IReadOnlyList<WebhookDelivery> Pending => [.. _carrier.All.Where(delivery => delivery.Status == DeliveryStatus.Pending)];

    /// <summary>Sets the callback, as in the App Dashboard: Meta first asks for its challenge back. The fields stay as they are.</summary>
    /// <returns>False, and nothing changes, when the callback does not echo the challenge.</returns>
    public async Task<bool> ConfigureAsync(Uri callback, string verifyToken, CancellationToken cancellationToken = default)
    {
        if (await _core.Post.HandshakeAsync(callback, verifyToken, cancellationToken).ConfigureAwait(false) != Handshake.Passed)
            return false;
        _core.App.Set(callback);
        return true;
    }

    /// <summary>Signs and delivers any payload to the app's callback, whatever the app is subscribed to.</summary>
    public Task<WebhookDelivery> SendAsync(JsonNode payload, CancellationToken cancellationToken = default) =>
        _carrier.DeliverAsync(_carrier.Make(payload), cancellationToken);

    /// <summary>Delivers one change, if the app is subscribed to its WABA and field.</summary>
    public Task<WebhookDelivery> SendAsync(WebhookChange change, CancellationToken cancellationToken = default) => SendAsync([change], cancellationToken);

    /// <summary>Delivers several changes in one POST. Those that follow each other under the same id and time share an entry; those that the app is not subscribed to are left out.</summary>
    /// <exception cref="ArgumentException">There is none, or they go to different callbacks.</exception>
    public Task<WebhookDelivery> SendAsync(IEnumerable<WebhookChange> changes, CancellationToken cancellationToken = default)
    {
        var all = changes.ToList();
        if (all.Count == 0)
            throw new ArgumentException("There is no change. Send one at least.", nameof(changes));

        var going = all.FindAll(change => Refuse(change) is null);
        var sent = going.Count > 0 ? going : all;
        var callbacks = sent.Select(Overriding).Distinct().ToList();
        if (callbacks.Count > 1)
            throw new ArgumentException("These changes go to different callbacks, for a WABA has an override. Send them apart.", nameof(changes));

        var messageId = sent.Select(change => change.MessageId).FirstOrDefault(id => id is not null);
        var delivery = _carrier.Make(WebhookEnvelope.Of(sent), messageId, callbacks[0]);
        if (going.Count > 0)
            return _carrier.DeliverAsync(delivery, cancellationToken);
        delivery.Status = Refuse(all[0])!.Value;
        return Task.FromResult(delivery);
    }

    /// <summary>Sends the same bytes once more, as Meta does at times. The duplicate is a delivery of its own.</summary>
    public Task<WebhookDelivery> SendAgainAsync(WebhookDelivery delivery, CancellationToken cancellationToken = default) =>
        _carrier.DeliverAsync(_carrier.Copy(delivery), cancellationToken);

    /// <summary>A customer writes a text message to a business phone number; it also stands in the conversation.</summary>
    /// <param name="phoneNumberId">The business phone number.</param>
    /// <param name="from">The customer's number; empty where Meta would leave it out (people with a username).</param>
    /// <param name="profileName">The customer's name.</param>
    /// <param name="body">The text.</param>
    /// <param name="cancellationToken">Ends the first attempt.</param>
    public Task<WebhookDelivery> ReceiveMessageAsync(string phoneNumberId, string from, string profileName, string body, CancellationToken cancellationToken = default)
    {
        var number = _core.World.RequireNumber(phoneNumberId);
        return ReceiveAsync(MetaMessages.Text(number, new EmulatedCustomer(profileName, from.Length > 0 ? from : null), body), cancellationToken);
    }

    /// <summary>A customer sends a file, which can then be loaded by its media id; the message also stands in the conversation.</summary>
    /// <param name="phoneNumberId">The business phone number.</param>
    /// <param name="customer">Who sends it.</param>
    /// <param name="type"><c>image</c>, <c>audio</c>, <c>video</c>, <c>document</c> or <c>sticker</c>.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="mimeType">For example <c>image/jpeg</c>.</param>
    /// <param name="caption">The text below it, or null.</param>
    /// <param name="fileName">The name of a document, or null.</param>
    /// <param name="cancellationToken">Ends the first attempt.</param>
    public Task<WebhookDelivery> ReceiveMediaAsync(string phoneNumberId, EmulatedCustomer customer, string type, ReadOnlyMemory<byte> content, string mimeType, string? caption = null, string? fileName = null, CancellationToken cancellationToken = default)
    {
        var number = _core.World.RequireNumber(phoneNumberId);
        return ReceiveAsync(MetaMessages.Media(number, customer, number.AddMedia(content, mimeType, fileName), type, caption), cancellationToken);
    }

    /// <summary>A customer writes a message of any kind: it stands in the conversation, opens the customer service window, can be marked as read, and is then told as by <see cref="SendAsync(WebhookChange, CancellationToken)"/>, as <c>standby</c> or not at all while <see cref="EmulatedNumber.IsRoutedElsewhere"/>.</summary>
    /// <param name="message">Made with <see cref="MetaMessages"/>.</param>
    /// <param name="cancellationToken">Ends the first attempt.</param>
    /// <exception cref="ArgumentException">The change holds no customer's message.</exception>
    public Task<WebhookDelivery> ReceiveAsync(WebhookChange message, CancellationToken cancellationToken = default)
    {
        var all = ReceivedMessages.Of(message, _core.Now);
        foreach (var received in all)
            _core.World.Talks.Add(received);
        if (_core.World.FindNumber(all[0].PhoneNumberId) is not { IsRoutedElsewhere: true } number)
            return SendAsync(message, cancellationToken);

        var copy = MetaRouting.Standby(message);
        if (number.IsOnStandby)
            return SendAsync(copy, cancellationToken);
        var never = _carrier.Make(WebhookEnvelope.Of([copy]), copy.MessageId);
        never.Status = DeliveryStatus.RoutedElsewhere;
        return Task.FromResult(never);
    }

    /// <summary>Tries again what is due now. With the system's clock this happens by itself.</summary>
    public Task RetryDueAsync(CancellationToken cancellationToken = default) => _carrier.RetryDueAsync(cancellationToken);

    /// <summary>Reports the fate of a sent message, behind the caller's back as at Meta.</summary>
    internal void ReportStatuses(EmulatedNumber number, EmulatedMessage message, MetaRefusal? failure)
    {
        var heard = _core.World.Talks.LastOf(message.Customer, message.CustomerUserId);
        var phone = message.Customer.Length > 0 ? message.Customer : null;
        var customer = new EmulatedCustomer(heard?.CustomerName ?? phone ?? message.CustomerUserId, phone) { Username = heard?.CustomerUsername, UserId = message.CustomerUserId };
        var sent = MetaStatuses.Sent(number, message.Id, customer);
        WebhookChange[] statuses = failure is not null ? [MetaStatuses.Failed(number, message.Id, customer, failure.Code, failure.Title, failure.Details)]
            : message.Type == "reaction" ? [sent]
            : [sent, MetaStatuses.Delivered(number, message.Id, customer)];
        if (!SendStatuses || Refuse(sent) is not null || (Overriding(sent)?.OverrideCallback ?? Callback) is null)
            return;
        _ = Task.Run(async () =>
        {
            foreach (var status in statuses)
                await SendAsync(status, _core.Stopping).ConfigureAwait(false);
        });
    }

    private DeliveryStatus? Refuse(WebhookChange change) =>
        change.WabaId is { } id && _core.World.FindWaba(id) is not { IsAppSubscribed: true } ? DeliveryStatus.NotSubscribed
        : !_core.App.Hears(change.Field) ? DeliveryStatus.FieldNotSubscribed
        : null;

    /// <summary>The WABA whose own callback takes the change: Meta has overrides for messages only.</summary>
    private EmulatedWaba? Overriding(WebhookChange change) =>
        change.Field == "messages" && _core.World.FindWaba(change.WabaId ?? change.EntryId) is { OverrideCallback: not null } waba ? waba : null;
}
