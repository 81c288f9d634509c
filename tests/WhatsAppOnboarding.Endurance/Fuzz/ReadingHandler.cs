using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Endurance.Fuzz;

/// <summary>Looks at everything that an event offers.</summary>
internal sealed class ReadingHandler : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
    {
        _ = webhookEvent.Content.ToString();
        _ = webhookEvent.Item.GetRawText();
        _ = webhookEvent.Value.GetRawText();
        _ = (webhookEvent.EntryTime, webhookEvent.ReceivedAt, webhookEvent.Field, webhookEvent.PhoneNumberId, webhookEvent.WabaId, webhookEvent.AccountId);
        _ = webhookEvent.Key.Length is > 0 and <= 200 ? "" : throw new InvalidOperationException("A key is too long.");
        return Task.CompletedTask;
    }
}
