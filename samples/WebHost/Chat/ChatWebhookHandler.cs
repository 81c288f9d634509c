using WhatsAppOnboarding.Webhooks;

namespace WebHost.Chat;

/// <summary>Takes what Meta delivers for an account into its chat.</summary>
public sealed class ChatWebhookHandler(ChatInbox inbox, ChatHistory history, LiveFeed feed) : IWebhookHandler
{
    public async Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(webhookEvent);
        if (webhookEvent is not { Field: "messages", PhoneNumberId: { } number })
            return;

        var account = webhookEvent.AccountId;
        foreach (var incoming in IncomingMessage.ReadAll(webhookEvent.Value))
        {
            if (await inbox.AddAsync(account, number, incoming, cancellationToken) is { } message)
                feed.Publish(account, MessageView.Of(message, null));
        }

        foreach (var report in DeliveryReport.ReadAll(webhookEvent.Value))
        {
            if (await inbox.NoteAsync(account, report, cancellationToken)
                && await history.FindAsync(account, report.WamId, cancellationToken) is { } sent)
                feed.Publish(account, sent);
        }
    }
}
