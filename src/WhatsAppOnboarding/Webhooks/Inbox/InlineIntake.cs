using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Works a delivery before it is answered, where nothing keeps it: Meta itself brings again what did not succeed.</summary>
internal sealed class InlineIntake(DeliveryWork work, WorkPlaces places, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time) : IWebhookIntake
{
    public IntakeBacklog? Backlog => null;

    public async Task<DeliveryAnswer> TakeAsync(TakenDelivery delivery, CancellationToken cancellationToken)
    {
        if (!places.TryBegin())
            return DeliveryAnswer.Busy;
        try
        {
            // A large delivery is worked through in pieces: what is begun has a quarter of the time to end, and what is not begun comes again.
            var limit = options.CurrentValue.Webhooks.DeliveryTimeout;
            using var patience = new CancellationTokenSource(limit);
            using var beginning = new CancellationTokenSource(limit * 3 / 4, time);
            var turn = new DeliveryTurn(delivery.ReceivedAt, beginning.Token, patience.Token) { Use = delivery.Use };
            return AnswerOf(await work.RunAsync(delivery, turn).ConfigureAwait(false));
        }
        finally
        {
            places.End();
        }
    }

    private static DeliveryAnswer AnswerOf(DeliveryOutcome outcome) =>
        outcome.Worst is ItemOutcome.Busy ? DeliveryAnswer.Busy
        : outcome.Worst is ItemOutcome.Unreached ? DeliveryAnswer.Unfinished
        : outcome.Worst is not ItemOutcome.Done ? DeliveryAnswer.HandlerFailed
        : !outcome.IsFollowed ? DeliveryAnswer.NotFollowed
        : outcome.IsEarly ? DeliveryAnswer.Early
        : DeliveryAnswer.Ok;
}
