using WhatsAppOnboarding.Webhooks;

namespace WebHost.Chat;

/// <summary>Takes what Meta delivers for an account into its chat.</summary>
public sealed partial class ChatWebhookHandler(ChatInbox inbox, ChatImport import, IWhatsAppAccounts accounts, ILogger<ChatWebhookHandler> logger) : IWebhookHandler
{
    public async Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(webhookEvent);
        // What another responder of the business handles (standby) is not answered here, so that it is not shown either.
        if (webhookEvent.PhoneNumberId is not { } number || webhookEvent.Field is "standby")
            return;
        switch (webhookEvent.Content)
        {
            case MessageReceived message:
                var inApp = message.Text is null && await IsInAppAsync(webhookEvent.AccountId, number, cancellationToken);
                await AddAsync(webhookEvent, number, ChatEntry.Of(message, webhookEvent.Item, inApp), cancellationToken);
                break;
            case MessageEchoed echo:
                await AddAsync(webhookEvent, number, ChatEntry.Of(echo, webhookEvent.Item), cancellationToken);
                break;
            case HistoryReceived:
                await import.AddAsync(webhookEvent.AccountId, number, webhookEvent.Value, cancellationToken);
                break;
            case MessageError error:
                LogError(error.Code, webhookEvent.AccountId, error.Title, error.Details);
                break;
            case MessageStatusChanged status when DeliveryReport.Of(status) is { } report:
                await inbox.NoteAsync(webhookEvent.AccountId, number, report, cancellationToken);
                break;
        }
    }

    private Task AddAsync(WebhookEvent webhookEvent, PhoneNumberId number, ChatEntry? entry, CancellationToken cancellationToken)
    {
        if (entry is not null)
            return inbox.AddAsync(webhookEvent.AccountId, number, entry, cancellationToken);
        LogLeftOut(webhookEvent.Field, webhookEvent.AccountId);
        return Task.CompletedTask;
    }

    private async Task<bool> IsInAppAsync(AccountId account, PhoneNumberId number, CancellationToken cancellationToken)
    {
        var status = await accounts.GetStatusAsync(account, cancellationToken);
        return status.PhoneNumbers.Any(one => one.PhoneNumberId == number.ToString() && one.Coexistence is true);
    }

    [LoggerMessage(2, LogLevel.Warning, "Meta reports error {Code} for a number of account {Account}, which is not in the chat: {Title} {Details}")]
    private partial void LogError(int? code, AccountId account, string? title, string? details);

    [LoggerMessage(1, LogLevel.Warning, "An item of {Field} for account {Account} has no id or nobody who wrote it, and is not in the chat")]
    private partial void LogLeftOut(string field, AccountId account);
}
