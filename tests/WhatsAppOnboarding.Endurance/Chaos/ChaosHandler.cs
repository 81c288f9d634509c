using WhatsAppOnboarding.Endurance.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Endurance.Chaos;

/// <summary>Stages an effect, and fails at random before or after; on poison it always fails.</summary>
internal sealed class ChaosHandler(EnduranceContext context) : IWebhookHandler
{
    public const string Poison = "poison";

    private const int PercentFailing = 5;

    public async Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
    {
        MayFail();
        context.Add(new Effect { Key = webhookEvent.Key });
        await Task.Yield();
        MayFail();
        if (webhookEvent.Content is MessageReceived { Text: Poison })
            throw new InvalidOperationException("This item can never be handled.");
    }

    private static void MayFail()
    {
        if (Random.Shared.Next(200) < PercentFailing)
            throw new InvalidOperationException("The handler fails at random.");
    }
}
