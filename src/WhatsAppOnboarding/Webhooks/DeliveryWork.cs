using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>The story of a signed delivery: take it apart, find who receives it, let the authority follow what Meta says, run the handlers.</summary>
internal sealed partial class DeliveryWork(
    WebhookRouter router, DeliveryNotices notices, WebhookDispatch dispatch, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time, ILogger<DeliveryWork> logger)
{
    /// <summary>The answer, and whether some handler still looks at the body, so that it must not be used for anything else.</summary>
    public async Task<(DeliveryAnswer Answer, bool KeepsBody)> RunAsync(ReadOnlyMemory<byte> body)
    {
        var receivedAt = time.GetUtcNow();
        // Not the sender's: who hangs up comes again, and what is finished by then is not done twice.
        var limit = options.CurrentValue.Webhooks.DeliveryTimeout;
        using var patience = new CancellationTokenSource(limit);

        // A large delivery is worked through in pieces: what is begun has a quarter of the time to end, and what is not begun comes again.
        using var beginning = new CancellationTokenSource(limit * 3 / 4, time);
        if (Parse(body) is not { } json)
            return (DeliveryAnswer.Malformed, false);

        var worst = ItemOutcome.Failed;
        try
        {
            var items = Envelope.Read(json.RootElement, receivedAt);
            var routing = await router.RouteAsync(items, patience.Token).ConfigureAwait(false);

            // Before the authority follows: what Meta says may end what an account receives, and then only the ledger knows that it had received it.
            if (await dispatch.ReadAsync(items, patience.Token).ConfigureAwait(false) is not { } known)
                return (DeliveryAnswer.HandlerFailed, false);
            var followed = await notices.RunAsync(items, routing, receivedAt, patience.Token).ConfigureAwait(false);
            worst = await dispatch.RunAsync(known.ToHandle(routing.Items, items), known, receivedAt, beginning.Token, patience.Token).ConfigureAwait(false);
            return (AnswerOf(worst, followed, routing.IsEarly), worst is ItemOutcome.LeftBehind);
        }
        finally
        {
            if (worst is not ItemOutcome.LeftBehind)
                json.Dispose();
        }
    }

    private JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            LogMalformed();
            return null;
        }
    }

    private static DeliveryAnswer AnswerOf(ItemOutcome worst, bool followed, bool isEarly) =>
        worst is ItemOutcome.Busy ? DeliveryAnswer.Busy
        : worst is ItemOutcome.Unreached ? DeliveryAnswer.Unfinished
        : worst is not ItemOutcome.Done ? DeliveryAnswer.HandlerFailed
        : !followed ? DeliveryAnswer.NotFollowed
        : isEarly ? DeliveryAnswer.Early
        : DeliveryAnswer.Ok;

    [LoggerMessage(1511, LogLevel.Warning, "Refused a signed delivery that is not JSON")]
    private partial void LogMalformed();
}
