using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Endurance.Fuzz;

/// <summary>Looks at everything that an event offers.</summary>
internal sealed class ReadingHandler : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
    {
        _ = webhookEvent.Content.ToString();
        _ = webhookEvent.Item.ValueKind;
        _ = webhookEvent.Key.Length is > 0 and <= 200 ? "" : throw new InvalidOperationException("A key is too long.");
        return Task.CompletedTask;
    }
}
