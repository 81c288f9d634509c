namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Takes what Meta sends for an account. Add with <c>AddWebhookHandler</c>; several run one after the other in the order in which they were added,
/// each event and handler in a scope of its own.
/// </summary>
/// <remarks>
/// <para>
/// Meta is told that a delivery arrived only when every handler has finished every event of it, or the event is parked. A handler that throws has not
/// finished: the handlers after it wait, other events go on, and Meta brings the event again. With the stores of Entity Framework the handlers that
/// finished are not run again, and an event that fails too often is parked.
/// </para>
/// <para>
/// There, a handler stages its changes on the host's context, taken from its own scope, and does not save: they are committed together with the note that
/// it has finished, and so happen once. Everything else that it does may happen again.
/// </para>
/// </remarks>
public interface IWebhookHandler
{
    /// <summary>Handles one event of one account. The token is cancelled when the time of the delivery is over.</summary>
    Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default);
}
