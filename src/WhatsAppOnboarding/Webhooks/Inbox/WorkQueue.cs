using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Hosting;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Works what an intake hands over, so many deliveries at a time: lanes take turns, what Meta says of a WABA goes first, and of one number one delivery after the other. One whose
/// handler takes longer than a moment gives up its place, and some seconds later its number's turn.
/// </summary>
internal sealed partial class WorkQueue(
    DeliveryWork work, WorkPlaces places, LibraryMetrics metrics, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time, ILogger<WorkQueue> logger) : IWebhookWork
{
    /// <summary>How long a go may begin items before others have their turn.</summary>
    private static readonly TimeSpan Piece = TimeSpan.FromSeconds(2);

    /// <summary>For how much longer a slow one keeps its number's turn, so that a moment's trouble of the database costs no order.</summary>
    private static readonly TimeSpan TurnOfSlow = TimeSpan.FromSeconds(4);

    /// <summary>How long a number rests whose account has enough going on.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly WorkLanes _lanes = new();

    public Task<WorkResult> WorkAsync(TakenDelivery delivery, CancellationToken cancellationToken)
    {
        var waiting = new WaitingDelivery(delivery, cancellationToken);
        _lanes.Add(waiting);
        Begin();
        return waiting.Result.Task;
    }

    private void Begin()
    {
        while (_lanes.TryTake(places.Most) is { } next)
        {
            // Neither trace nor actor of whoever happened to make room.
            using (ExecutionContext.SuppressFlow())
                _ = Task.Run(() => RunAsync(next), CancellationToken.None);
        }
    }

    private async Task RunAsync(WaitingDelivery waiting)
    {
        var (result, rest) = waiting.CancellationToken.IsCancellationRequested ? (WorkResult.Postponed, TimeSpan.Zero) : await GoAsync(waiting).ConfigureAwait(false);
        if (result is { } ended)
        {
            _lanes.Release(waiting);
            waiting.Result.TrySetResult(ended);
        }
        else
        {
            _lanes.PutBack(waiting, rests: rest > TimeSpan.Zero);
            if (rest > TimeSpan.Zero)
                _ = WakeAsync(waiting, rest);
        }

        Begin();
    }

    private async Task WakeAsync(WaitingDelivery waiting, TimeSpan rest)
    {
        await Task.Delay(rest, time, waiting.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lanes.Wake(waiting);
        Begin();
    }

    /// <summary>What came of it; null when it goes on, after a rest or when it has its turn again.</summary>
    private async Task<(WorkResult? Result, TimeSpan Pause)> GoAsync(WaitingDelivery waiting)
    {
        var delivery = waiting.Delivery;
        using var actor = Actor.Enter(Actor.Meta);
        using var activity = LibraryDiagnostics.Activities.StartActivity("webhook.work", ActivityKind.Consumer, delivery.TraceParent);
        var (result, rest, outcome) = await OutcomeOfAsync(waiting).ConfigureAwait(false);
        metrics.DeliveryWorked(outcome);
        activity?.SetTag(TagNames.Outcome, outcome);
        if (result is WorkResult.Done)
            metrics.DeliveryDone(time.GetUtcNow() - delivery.ReceivedAt);
        return (result, rest);
    }

    private async Task<(WorkResult? Result, TimeSpan Pause, string Outcome)> OutcomeOfAsync(WaitingDelivery waiting)
    {
        var delivery = waiting.Delivery;
        try
        {
            using var end = new CancellationTokenSource(options.CurrentValue.Webhooks.DeliveryTimeout, time);
            using var beginning = CancellationTokenSource.CreateLinkedTokenSource(waiting.CancellationToken);
            beginning.CancelAfter(Piece);
            var turn = new DeliveryTurn(delivery.ReceivedAt, beginning.Token, end.Token) { Use = delivery.Use, WhenSlow = () => GiveWay(waiting) };
            var came = await work.RunAsync(delivery, turn).ConfigureAwait(false);
            switch (came.Worst)
            {
                case ItemOutcome.Done when came is { IsFollowed: true, IsEarly: false }:
                    return (WorkResult.Done, TimeSpan.Zero, TagNames.Ok);
                case ItemOutcome.Unreached when !waiting.CancellationToken.IsCancellationRequested:
                    return (null, TimeSpan.Zero, "unfinished");

                // Its number rests, unless somebody else receives of it.
                case ItemOutcome.Busy when !came.IsShared:
                    return (null, Rest, "postponed");
                case ItemOutcome.Busy or ItemOutcome.Unreached:
                    return (WorkResult.Postponed, TimeSpan.Zero, "postponed");
            }
        }
        catch (Exception exception)
        {
            LogBroke(exception, delivery.ToString());
        }

        if (time.GetUtcNow() - delivery.ReceivedAt < WebhookRepeats.Longest)
            return (WorkResult.Failed, TimeSpan.Zero, "failed");
        LogGivenUp(delivery.ToString(), delivery.ReceivedAt);
        return (WorkResult.Done, TimeSpan.Zero, "given_up");
    }

    /// <summary>Others need not wait for its place any more, and in the end what comes of its number need not either: one that hangs is not waited for.</summary>
    private void GiveWay(WaitingDelivery waiting)
    {
        _lanes.GiveUpPlace(waiting);
        Begin();
        _ = GiveUpTurnAsync(waiting, waiting.Go);
    }

    private async Task GiveUpTurnAsync(WaitingDelivery waiting, int go)
    {
        await Task.Delay(TurnOfSlow, time, waiting.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lanes.GiveUpTurn(waiting, go);
        Begin();
    }

    [LoggerMessage(1560, LogLevel.Error, "A delivery of {Delivery} could not be worked; it is tried again. Look at the database, and whether a migration is missing")]
    private partial void LogBroke(Exception exception, string delivery);

    [LoggerMessage(1561, LogLevel.Error, "A delivery of {Delivery}, which arrived at {ReceivedAt}, could not be worked for seven days and is given up: nobody could be found who receives it, or the authority could not follow")]
    private partial void LogGivenUp(string delivery, DateTimeOffset receivedAt);
}
