using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.PhoneNumbers;

namespace WhatsAppOnboarding.Steps;

/// <summary>Subscribes the app to a WABA, and takes it back when nobody needs it any more.</summary>
internal sealed partial class WabaSubscription(
    IGraphClient graph, IPhoneNumberStore numbers, IReleaseLog releases, TimeProvider time, ILogger<WabaSubscription> logger)
{
    public async Task<StepResult<GraphDone>> SubscribeAsync(WabaId waba, AccessToken token, CancellationToken cancellationToken) =>
        StepResult<GraphDone>.From(await graph.SendAsync(new SubscribeApp(token, waba), cancellationToken).ConfigureAwait(false));

    /// <summary>
    /// Unsubscribes the app unless some account holds a number of the WABA. The order matters when a sibling connects at the same time:
    /// the release is recorded before holders are looked up, and holders are looked up again after the call, whatever came of it.
    /// A connect does the reverse: it saves, then reads the releases. So one of the two always sees the other and subscribes once more.
    /// </summary>
    public async Task<StepResult<GraphDone>> ReleaseAsync(WabaId waba, AccessToken? token, CancellationToken cancellationToken)
    {
        await releases.RecordAsync(waba, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (await IsHeldAsync(waba, cancellationToken).ConfigureAwait(false))
            return new StepResult<GraphDone>(new GraphDone());
        if (token is null)
            return new StepResult<GraphDone>(ErrorCodes.TokenUnreadable);

        var released = StepResult<GraphDone>.From(await graph.SendAsync(new UnsubscribeApp(token, waba), cancellationToken).ConfigureAwait(false));
        var held = await IsHeldNowAsync(waba, cancellationToken).ConfigureAwait(false);
        if (held is not false)
            await SubscribeForSiblingAsync(waba, token, cancellationToken).ConfigureAwait(false);
        return held is null ? new StepResult<GraphDone>(ErrorCodes.ServiceUnavailable) : released;
    }

    /// <summary>Which of these WABAs somebody released since a time, so that a connect subscribes to them once more.</summary>
    public Task<IReadOnlyCollection<WabaId>> ReleasedSinceAsync(IReadOnlyCollection<WabaId> wabas, DateTimeOffset since, CancellationToken cancellationToken) =>
        releases.FindSinceAsync(wabas, since, cancellationToken);

    private async Task<bool> IsHeldAsync(WabaId waba, CancellationToken cancellationToken) =>
        (await numbers.FindHeldAsync([waba], cancellationToken).ConfigureAwait(false)).Count > 0;

    /// <summary>As <see cref="IsHeldAsync"/>, but null when it cannot be looked up: a subscription too many drops events, one too few loses them.</summary>
    private async Task<bool?> IsHeldNowAsync(WabaId waba, CancellationToken cancellationToken)
    {
        try
        {
            return await IsHeldAsync(waba, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Log.LookFailed(logger, exception, waba.ToString());
            return null;
        }
    }

    private async Task SubscribeForSiblingAsync(WabaId waba, AccessToken token, CancellationToken cancellationToken)
    {
        var again = await SubscribeAsync(waba, token, cancellationToken).ConfigureAwait(false);
        Log.SubscribedForSibling(logger, waba.ToString(), again.Code ?? "ok");
        if (again.Succeeded)
            return;

        var step = again.ToOpenStep(StepNames.Subscribe, time.GetUtcNow());
        var held = await numbers.FindHeldAsync([waba], cancellationToken).ConfigureAwait(false);
        foreach (var holder in held.GroupBy(number => number.AccountId))
        {
            await numbers.WriteAsync(
                holder.Key,
                account => [.. account.Numbers.Where(number => number.IsHeld && number.WabaId == waba).Select(number => number.WithOpenStep(step))],
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Error, "It could not be looked up who else needs WABA {Waba}; the app is subscribed again to be safe")]
        public static partial void LookFailed(ILogger logger, Exception exception, string waba);

        [LoggerMessage(1200, LogLevel.Information, "Subscribed the app to WABA {Waba} once more, since another account connected it meanwhile: {Result}")]
        public static partial void SubscribedForSibling(ILogger logger, string waba, string result);
    }
}
