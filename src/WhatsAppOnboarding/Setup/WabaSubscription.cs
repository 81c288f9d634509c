using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>Subscribes the app to a WABA, has its messages sent to its own address if it has one, and takes both back when nobody needs them any more.</summary>
internal sealed partial class WabaSubscription(
    StepCalls calls, WebhookOverride webhook, NumberAuthority numbers, MetaCalls metaCalls, TimeProvider time, ILogger<WabaSubscription> logger)
{
    /// <summary>Subscribes. Meta takes an address of its own from the WABA by that, so it is set each time; a failure there is not one of the subscription.</summary>
    public async Task<StepResult<SubscribedWaba>> SubscribeAsync(WabaId waba, AccessToken token, CancellationToken deadline)
    {
        var subscribed = await calls.SendAsync(SubscriptionCalls.Subscribe(token, waba), deadline).ConfigureAwait(false);
        return subscribed.Succeeded
            ? new StepResult<SubscribedWaba>(new SubscribedWaba(await webhook.SetAsync(waba, token, deadline).ConfigureAwait(false)))
            : new StepResult<SubscribedWaba>(subscribed.Code, subscribed.Error);
    }

    /// <summary>Sets the address of its own once more; where it has none any more, the one that it may have had is removed.</summary>
    public async Task<StepResult<GraphDone>> OverrideAsync(WabaId waba, AccessToken token, CancellationToken deadline) =>
        await webhook.SetAsync(waba, token, deadline).ConfigureAwait(false)
        ?? await webhook.ClearAsync(waba, token, deadline).ConfigureAwait(false)
        ?? new StepResult<GraphDone>(new GraphDone());

    /// <summary>
    /// Unsubscribes the app unless some account holds a number of the WABA. The order matters when a sibling connects at the same time:
    /// the release is recorded before holders are looked up, and holders are looked up again after the call, whatever came of it.
    /// A connect does the reverse: it saves, then reads the releases. So one of the two always sees the other and subscribes once more.
    /// </summary>
    /// <param name="waba">The WABA.</param>
    /// <param name="tokens">Tokens that may reach it, tried in this order until Meta takes one.</param>
    /// <param name="deadline">Ends the wait for Meta, never the second look.</param>
    public async Task<StepResult<GraphDone>> ReleaseAsync(WabaId waba, IReadOnlyCollection<AccessToken> tokens, CancellationToken deadline)
    {
        await metaCalls.RecordReleaseAsync(waba, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        if (await IsHeldAsync(waba).ConfigureAwait(false))
            return new StepResult<GraphDone>(new GraphDone());

        var (released, token) = await UnsubscribeAsync(waba, tokens, deadline).ConfigureAwait(false);
        if (token is null)
            return released;

        var leftAt = time.GetUtcNow();
        var held = await IsHeldNowAsync(waba).ConfigureAwait(false);
        if (held is not false)
            await SubscribeForSiblingAsync(waba, token, leftAt).ConfigureAwait(false);
        return held is null ? new StepResult<GraphDone>(ErrorCodes.ServiceUnavailable) : released;
    }

    /// <summary>Which of these WABAs somebody released since a time, so that a connect subscribes to them once more.</summary>
    public Task<IReadOnlyCollection<WabaId>> ReleasedSinceAsync(IReadOnlyCollection<WabaId> wabas, DateTimeOffset since, CancellationToken cancellationToken) =>
        metaCalls.FindReleasedAsync(wabas, since, cancellationToken);

    /// <summary>
    /// The result, and the token with which the app was, or may have been, unsubscribed or its address set back; null when neither was. An address that
    /// cannot be set back does not keep the app from leaving.
    /// </summary>
    private async Task<(StepResult<GraphDone> Result, AccessToken? Token)> UnsubscribeAsync(
        WabaId waba, IReadOnlyCollection<AccessToken> tokens, CancellationToken deadline)
    {
        var result = new StepResult<GraphDone>(ErrorCodes.TokenUnreadable);
        foreach (var token in tokens)
        {
            var cleared = await webhook.ClearAsync(waba, token, deadline).ConfigureAwait(false);
            result = await calls.SendAsync(SubscriptionCalls.Unsubscribe(token, waba), deadline).ConfigureAwait(false);
            if (!result.IsRefused || cleared is { IsRefused: false })
                return (result, token);
        }

        return (result, null);
    }

    private async Task<bool> IsHeldAsync(WabaId waba) => (await numbers.FindHeldAsync([waba], CancellationToken.None).ConfigureAwait(false)).Count > 0;

    /// <summary>As <see cref="IsHeldAsync"/>, but null when it cannot be looked up: a subscription too many drops events, one too few loses them.</summary>
    private async Task<bool?> IsHeldNowAsync(WabaId waba)
    {
        try
        {
            return await IsHeldAsync(waba).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.LookFailed(logger, exception, waba.ToString());
            return null;
        }
    }

    private async Task SubscribeForSiblingAsync(WabaId waba, AccessToken token, DateTimeOffset leftAt)
    {
        var again = await SubscribeAsync(waba, token, CancellationToken.None).ConfigureAwait(false);
        Log.SubscribedForSibling(logger, waba.ToString(), again.Code ?? "ok");
        if (again.LeftOpen(leftAt) is not [{ Step: var step }])
            return;

        // What Meta said concerns the token of another account, so holders only learn that the step is open.
        var open = new OpenStep { Step = step, Code = ErrorCodes.Pending, Since = leftAt };
        var held = await numbers.FindHeldAsync([waba], CancellationToken.None).ConfigureAwait(false);
        foreach (var holder in held.GroupBy(number => number.AccountId))
        {
            await numbers.WriteAsync(
                holder.Key,
                account => [.. account.Numbers
                    .Where(number => number.IsHeld && number.WabaId == waba && (number.Evidence.SubscribedAt is not { } at || at <= leftAt))
                    .Select(number => number.WithOpenStep(open))],
                CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1200, LogLevel.Information, "Subscribed the app to WABA {Waba} once more, since another account connected it meanwhile: {Result}")]
        public static partial void SubscribedForSibling(ILogger logger, string waba, string result);

        [LoggerMessage(1201, LogLevel.Error, "It could not be looked up who else needs WABA {Waba}; the app is subscribed again to be safe")]
        public static partial void LookFailed(ILogger logger, Exception exception, string waba);
    }
}
