using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Takes what Meta sends for an account. Add with <c>AddWebhookHandler</c>; several run in order, each event in a scope of its own.</summary>
/// <remarks>
/// Meta is told that a delivery arrived only when every handler has finished every event of it. An exception makes Meta send the whole
/// delivery again, so a handler must bear to see an event twice.
/// </remarks>
public interface IWebhookHandler
{
    /// <summary>Handles one event of one account. Return only when its effects are durable.</summary>
    Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken = default);
}

/// <summary>One change of one delivery, for one account that may receive it.</summary>
public sealed record WebhookEvent
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The WABA as the authority knows it.</summary>
    public required WabaId WabaId { get; init; }

    /// <summary>The number that the change is about; null when it is about the WABA.</summary>
    public PhoneNumberId? PhoneNumberId { get; init; }

    /// <summary>Meta's field, such as <c>messages</c>.</summary>
    public required string Field { get; init; }

    /// <summary>Meta's <c>value</c> as it came; valid during the call, a clone to keep. All text in it comes from outside.</summary>
    public required JsonElement Value { get; init; }

    /// <summary>When the delivery arrived.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The account and the field; never what was sent.</summary>
    public override string ToString() => $"{Field} for {AccountId}";
}
