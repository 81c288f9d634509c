using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Endurance.Bench;

/// <summary>Does nothing, so that only the library is measured.</summary>
internal sealed class NoOpHandler : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken) => Task.CompletedTask;
}
