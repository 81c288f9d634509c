using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Takes what Meta sends for an account. Add with <c>AddWebhookHandler</c>; several run one after the other in the order in which they were added,
/// each event and handler in a scope of its own, in which <see cref="IWhatsAppAccountContext"/> says whose it is.
/// </summary>
/// <remarks>
/// <para>
/// With the stores of Entity Framework a delivery is taken into an inbox, or over a broker with the package WhatsAppOnboarding.RabbitMq, and Meta is answered; the handlers run
/// after, on any node, events of one number in order. A handler that throws has not finished: the handlers after it wait, other events go on, and the event comes again after a second, then at growing distances. Those that finished are not run
/// again, and an event that fails too often is parked. Without an inbox Meta is answered when every handler has finished every event, and brings again what failed.
/// </para>
/// <para>
/// With these stores a handler stages its changes on the host's context, taken from its own scope, and does not save: they are committed together with the note that
/// it has finished, and so happen once. Everything else that it does may happen again.
/// </para>
/// </remarks>
public interface IWebhookHandler
{
    /// <summary>Handles one event of one account. The token is cancelled when the time of the delivery is over.</summary>
    Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default);
}

/// <summary>One item of a delivery, such as a message, for one account that may receive it.</summary>
public sealed record WebhookEvent
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The WABA as the authority knows it.</summary>
    public required WabaId WabaId { get; init; }

    /// <summary>The number that it is about; null when it is about the WABA.</summary>
    public PhoneNumberId? PhoneNumberId { get; init; }

    /// <summary>The same whenever Meta brings the same item again; at most 200 characters. For handlers that keep a record of their own.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// Meta's field, such as <c>messages</c>. Under <c>standby</c> come copies of messages, statuses and echoes that another responder of the business handles, of the
    /// same kinds as under <c>messages</c>: look at the field before you answer.
    /// </summary>
    public required string Field { get; init; }

    /// <summary>What it says, by kind; null for what this version of the library has no kind for, and then <see cref="Item"/> has all of it.</summary>
    public required EventContent? Content { get; init; }

    /// <summary>The item itself as it came, such as the message; valid during the call, a clone to keep. All text in it comes from outside.</summary>
    public required JsonElement Item { get; init; }

    /// <summary>Meta's whole <c>value</c>, which may hold other items, too; valid during the call.</summary>
    public required JsonElement Value { get; init; }

    /// <summary>When it happened, if Meta says so of the entry; messages and statuses have their own times.</summary>
    public DateTimeOffset? EntryTime { get; init; }

    /// <summary>When the delivery arrived; in a replay, when the item first failed.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The account and the field; never what was sent.</summary>
    public override string ToString() => $"{Field} for {AccountId}";
}

/// <summary>What an event says, by kind: <c>switch</c> over it, with a default, because later versions add kinds. All texts come from outside, and what Meta left out is null.</summary>
public abstract record EventContent
{
    private protected EventContent()
    {
    }
}
