using WhatsAppOnboarding.Webhooks;

namespace WebHost.Chat;

/// <summary>Takes what Meta delivers for an account into its chat.</summary>
public sealed class ChatWebhookHandler(ChatInbox inbox) : IWebhookHandler
{
    public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(webhookEvent);
        return (webhookEvent.Content, webhookEvent.PhoneNumberId) switch
        {
            (MessageReceived message, { } number) when IncomingMessage.Of(message) is { } incoming =>
                inbox.AddAsync(webhookEvent.AccountId, number, incoming, cancellationToken),
            (MessageStatusChanged status, _) when DeliveryReport.Of(status) is { } report => inbox.NoteAsync(webhookEvent.AccountId, report, cancellationToken),
            _ => Task.CompletedTask,
        };
    }
}
