using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>The story of a signed delivery: take it apart, find who receives it, let the authority follow what Meta says, run the handlers.</summary>
internal sealed class DeliveryWork(WebhookRouter router, DeliveryNotices notices, WebhookDispatch dispatch)
{
    /// <summary>After so many tries of which nothing came, not even a failure, a delivery may be what ends the process.</summary>
    private const int MostTries = 10;

    /// <exception cref="JsonException">It is not JSON.</exception>
    public async Task<DeliveryOutcome> RunAsync(TakenDelivery delivery, DeliveryTurn turn)
    {
        var json = JsonDocument.Parse(delivery.Body);
        try
        {
            var items = Envelope.Read(json.RootElement, turn.ReceivedAt);
            var routing = await router.RouteAsync(items, turn.IsQueued, turn.End).ConfigureAwait(false);

            // Before the authority follows: what Meta says may end what an account receives, and then only the ledger knows that it had received it.
            if (await dispatch.ReadAsync(items, turn.End).ConfigureAwait(false) is not { } known)
                return new DeliveryOutcome(ItemOutcome.Failed);
            if (delivery.Tries > MostTries)
            {
                var parked = await dispatch.ParkAsync(known.ToHandle(routing.Items, items), known, turn).ConfigureAwait(false);
                return new DeliveryOutcome(parked) { IsFollowed = true, IsEarly = routing.IsEarly };
            }

            var followed = await notices.RunAsync(items, routing, turn.ReceivedAt, turn.End).ConfigureAwait(false);
            var look = turn.IsQueued ? new FreshLook(router, items, routing, turn.End) : null;
            var worst = await dispatch.RunAsync(known.ToHandle(routing.Items, items), known, look, turn).ConfigureAwait(false);
            return new DeliveryOutcome(worst) { IsFollowed = followed, IsEarly = routing.IsEarly, IsShared = routing.IsShared };
        }
        finally
        {
            if (!delivery.Use.IsKept)
                json.Dispose();
        }
    }
}

/// <summary>One go at a delivery.</summary>
/// <param name="ReceivedAt">When it arrived.</param>
/// <param name="Beginning">Ended when no further item may be begun.</param>
/// <param name="End">Ends the wait for what was begun.</param>
internal sealed record DeliveryTurn(DateTimeOffset ReceivedAt, CancellationToken Beginning, CancellationToken End)
{
    /// <summary>
    /// Called when a handler takes longer than a moment, so that others need not wait for it. Null where somebody waits for the answer: then the items run one after the other.
    /// </summary>
    public Action? WhenSlow { get; init; }

    /// <summary>Told when a handler that did not end still looks at the body.</summary>
    public required BodyUse Use { get; init; }

    /// <summary>Whether it was taken before: then it may have waited for long, and whether it still goes to an account is looked at anew.</summary>
    public bool IsQueued => WhenSlow is not null;
}

/// <summary>What came of a go at a delivery.</summary>
/// <param name="Worst">The worst that came of any item.</param>
internal sealed record DeliveryOutcome(ItemOutcome Worst)
{
    /// <summary>Whether the authority could follow in everything.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>Whether something in it belongs to a WABA that is just being connected, or to an account whose proof of access is being renewed.</summary>
    public bool IsEarly { get; init; }

    /// <summary>Whether several accounts receive it.</summary>
    public bool IsShared { get; init; }
}
