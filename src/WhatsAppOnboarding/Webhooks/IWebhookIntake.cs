using Microsoft.AspNetCore.Http;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Takes deliveries whose signature was checked. Meta is answered 200 as soon as a delivery is taken, so it must be durable by then: from then on it is this host's, and
/// Meta brings it no more. Registered as a singleton; a package or the host replaces it.
/// </summary>
/// <remarks>
/// The package WhatsAppOnboarding.EfCore brings one that keeps deliveries in the host's database, WhatsAppOnboarding.RabbitMq one over a broker. Without a durable
/// store the library works a delivery before it answers, and so it does while <see cref="WebhookOptions.UseInbox"/> or <see cref="WebhookOptions.UseLedger"/> is off: then an intake
/// is not asked. One of your own keeps a copy of each part (<see cref="TakenDelivery.Split"/>) and hands it to <see cref="IWebhookWork"/>, on any node, in order of arrival, until that
/// says that it is done. WhatsAppOnboarding.Testing checks that one keeps this contract.
/// </remarks>
public interface IWebhookIntake
{
    /// <summary>
    /// Takes a delivery, and answers when that is durable: <see cref="DeliveryAnswer.Ok"/>, or why it must come again. An exception is answered 503.
    /// </summary>
    /// <param name="delivery">The delivery; its body is valid during the call.</param>
    /// <param name="cancellationToken">Ends the wait; what was taken by then stays taken.</param>
    Task<DeliveryAnswer> TakeAsync(TakenDelivery delivery, CancellationToken cancellationToken = default);

    /// <summary>What is taken and waits, as this node last saw it, some seconds ago at most; null when nothing ever waits.</summary>
    IntakeBacklog? Backlog { get; }
}

/// <summary>What is taken and not done yet.</summary>
public sealed record IntakeBacklog
{
    /// <summary>How many deliveries, or parts of them, wait or are worked on.</summary>
    public required long Depth { get; init; }

    /// <summary>
    /// For how long the oldest of them has waited for its turn, of WABAs of which nothing waits that has failed; it is 0 while a handler fails on everything, so look at <see cref="Depth"/>
    /// and at <c>whatsapp_onboarding.webhook.worked</c>, too. Over a broker: of the queues that this node works.
    /// </summary>
    public required TimeSpan OldestAge { get; init; }

    /// <summary>When this was seen.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Why deliveries are turned away, whoever they are for: more wait than <see cref="WebhookOptions.MaxBacklog"/> allows, or, over a broker, for longer than <see cref="WebhookOptions.MaxBacklogAge"/>.</summary>
    public bool IsTooMuch { get; init; }
}

/// <summary>How a delivery is answered, and how that is counted.</summary>
public sealed record DeliveryAnswer
{
    private DeliveryAnswer(int status, string outcome) => (Status, Outcome) = (status, outcome);

    /// <summary>It is taken, or done: Meta brings it no more.</summary>
    public static DeliveryAnswer Ok { get; } = new(StatusCodes.Status200OK, "ok");

    /// <summary>Too much is taken in at this moment; it is to come again.</summary>
    public static DeliveryAnswer Busy { get; } = new(StatusCodes.Status503ServiceUnavailable, "busy");

    /// <summary>Too much waits to be worked on; it is to come again.</summary>
    public static DeliveryAnswer Backlog { get; } = new(StatusCodes.Status503ServiceUnavailable, "backlog");

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    /// <summary>The value of the tag <c>whatsapp_onboarding.outcome</c>.</summary>
    public string Outcome { get; }

    internal static DeliveryAnswer Malformed { get; } = new(400, "malformed");

    internal static DeliveryAnswer BadSignature { get; } = new(401, "bad_signature");

    internal static DeliveryAnswer TooSlow { get; } = new(408, "too_slow");

    internal static DeliveryAnswer TooLarge { get; } = new(413, "too_large");

    internal static DeliveryAnswer HandlerFailed { get; } = new(500, "handler_failed");

    /// <summary>It has more items than could be handled in its time; those that were are not handled again.</summary>
    internal static DeliveryAnswer Unfinished { get; } = new(503, "unfinished");

    /// <summary>It concerns a WABA that is just being connected.</summary>
    internal static DeliveryAnswer Early { get; } = new(503, "early");

    /// <summary>The authority could not follow what Meta says.</summary>
    internal static DeliveryAnswer NotFollowed { get; } = new(503, "not_followed");
}
