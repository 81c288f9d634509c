using System.Runtime.InteropServices;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Endurance.Fuzz;

/// <summary>Looks at everything that an event offers.</summary>
internal sealed class ReadingHandler : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
    {
        _ = webhookEvent.Content?.ToString();
        // The bytes: spoilt ones need not be text.
        _ = JsonMarshal.GetRawUtf8Value(webhookEvent.Item).Length + JsonMarshal.GetRawUtf8Value(webhookEvent.Value).Length;
        _ = (webhookEvent.EntryTime, webhookEvent.ReceivedAt, webhookEvent.Field, webhookEvent.PhoneNumberId, webhookEvent.WabaId, webhookEvent.AccountId);
        _ = webhookEvent.Key.Length is > 0 and <= 200 ? "" : throw new InvalidOperationException("A key is too long.");
        return Task.CompletedTask;
    }
}
