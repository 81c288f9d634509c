namespace WhatsAppOnboarding.Testing;

/// <summary>One POST to the app, with one change or several, and what became of it.</summary>
public sealed class WebhookDelivery
{
    internal WebhookDelivery(byte[] body, string payload, DateTimeOffset createdAt)
    {
        Body = body;
        Payload = payload;
        CreatedAt = createdAt;
    }

    /// <summary>The JSON as it goes over the wire.</summary>
    public string Payload { get; }

    /// <summary>The <c>wamid</c> of the message that it reports, or null.</summary>
    public string? MessageId { get; internal init; }

    /// <summary>When it was made, by the emulator's clock.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>What became of it.</summary>
    public DeliveryStatus Status { get; internal set; } = DeliveryStatus.Pending;

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; internal set; }

    /// <summary>The callback's last HTTP status.</summary>
    /// <value>Null: never reached.</value>
    public int? LastStatusCode { get; internal set; }

    /// <summary>When it is tried next.</summary>
    /// <value>Null: never again.</value>
    public DateTimeOffset? NextAttemptAt { get; internal set; }

    /// <summary>Where it was sent last: the app's callback, or the override of a WABA.</summary>
    /// <value>Null: not sent.</value>
    public Uri? Callback { get; internal set; }

    internal byte[] Body { get; }

    /// <summary>The WABA whose own callback takes it.</summary>
    internal EmulatedWaba? Overriding { get; init; }

    internal bool InFlight { get; set; }
}
