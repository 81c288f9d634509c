using WhatsAppOnboarding.Webhooks;
using Wolverine;

namespace WhatsAppOnboarding.RabbitMq.Tests.Bridge;

/// <summary>What Wolverine's handlers are told. All that is needed later is in it: the JSON of the event is gone when it is handled.</summary>
public sealed record WhatsAppMessageReceived(string Account, string PhoneNumberId, string Key, string? MessageId, string? From, string? FromUserId, string? Type, string? Text);

/// <summary>Passes what customers write on to Wolverine; added with <c>AddWebhookHandler&lt;WolverineBridge&gt;()</c>.</summary>
public sealed class WolverineBridge(IMessageBus bus) : IWebhookHandler
{
    public async Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
    {
        // Under standby come copies of what others answer.
        if (webhookEvent is not { Field: "messages", Content: MessageReceived message })
            return;

        var account = webhookEvent.AccountId.ToString();
        var number = webhookEvent.PhoneNumberId?.ToString() ?? "";
        await bus.PublishAsync(
            new WhatsAppMessageReceived(account, number, webhookEvent.Key, message.MessageId, message.From, message.FromUserId, message.Type, message.Text),
            new DeliveryOptions
            {
                TenantId = account,

                // What is of one number stays in order where the endpoint keeps groups apart.
                GroupId = number,

                // The same whenever this handler runs again for the same item.
                DeduplicationId = $"{account} {webhookEvent.Key}",
            });
    }
}
