using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>Subscribes the app to a WABA, and unsubscribes it when nobody needs that any more.</summary>
internal sealed partial class WabaSubscription(
    IWabaSubscriber subscriber, NumberAuthority numbers, MetaCalls calls, TimeProvider time, ILogger<WabaSubscription> logger)
{
    public Task<StepResult<GraphDone>> SubscribeAsync(WabaId waba, AccessToken token, CancellationToken deadline) => subscriber.SubscribeAsync(waba, token, deadline);

    /// <summary>Whether the app, which Meta shows for the WABA, gets what it should where it should. If not, the subscription stands all the same.</summary>
    public bool IsAsWanted(WabaId waba, SubscribedApp shown) => subscriber.IsAsWanted(waba, shown);

    /// <summary>Sets right what of a subscription that stands is not as a subscribe makes it. What comes of it is the operator's affair.</summary>
    public Task MendAsync(WabaId waba, AccessToken token, SubscribedApp shown, CancellationToken deadline) =>
        subscriber.IsAsWanted(waba, shown) ? Task.CompletedTask : subscriber.MendAsync(waba, token, deadline);

    /// <summary>
    /// Subscribes the app for numbers that an account holds. A disconnect may have left the WABA and wiped its tokens meanwhile: then the app leaves it again, and where
    /// that fails the account's numbers say so.
    /// </summary>
    public async Task<StepResult<GraphDone>> SubscribeForAsync(AccountId account, WabaId waba, AccessToken token, CancellationToken deadline)
    {
        var subscribed = await subscriber.SubscribeAsync(waba, token, deadline).ConfigureAwait(false);
        if (subscribed.IsRefused || await IsHeldNowAsync(waba).ConfigureAwait(false) is not false)
            return subscribed;
        var released = await ReleaseAsync(waba, [token], CancellationToken.None).ConfigureAwait(false);
        LogLeftAgain(waba.ToString(), released.Code ?? "ok");
        if (!released.Succeeded)
        {
            var now = time.GetUtcNow();
            await numbers.WriteAsync(
                account,
                read => [.. read.Numbers
                    .Where(number => number is { IsHeld: false, Token: null } && number.WabaId == waba && number.Findings.All(finding => finding.Code is not Finding.StillSubscribed))
                    .Select(number => number.StillSubscribed(now))],
                CancellationToken.None).ConfigureAwait(false);
        }

        return new StepResult<GraphDone>(ErrorCodes.NotConnected);
    }

    /// <summary>Does the step for a number, which helps every number of the account there that was connected with it.</summary>
    /// <returns>Null when it is done, else why not.</returns>
    public async Task<string?> SubscribeAsync(PhoneNumber held, AccessToken token, CancellationToken deadline)
    {
        if (!held.IsOpen(StepNames.Subscribe) && held.Evidence.SubscribedAt is not null)
            return ErrorCodes.StepNotOpen;

        // First, as with every step that is run; but one that was taken is not waited for, because this one may be repeated.
        var mine = new RunningStep { Id = Guid.NewGuid(), Step = StepNames.Subscribe, StartedAt = time.GetUtcNow() };
        await numbers.WriteAsync(
            held.AccountId,
            account => [.. account.Numbers.Where(number => number.PhoneNumberId == held.PhoneNumberId && IsOf(number) && number.Running?.IsAlive(mine.StartedAt) is not true).Select(number => number with { Running = mine })],
            CancellationToken.None).ConfigureAwait(false);
        var subscribed = await SubscribeForAsync(held.AccountId, held.WabaId, token, deadline).ConfigureAwait(false);
        await numbers.WriteAsync(
            held.AccountId,
            account => [.. account.Numbers
                .Where(number => IsOf(number) || number.Running?.Id == mine.Id)
                .Select(number => IsOf(number) ? number.With(subscribed, time.GetUtcNow()) : number)
                .Select(number => number.Running?.Id == mine.Id ? number with { Running = null } : number)],
            CancellationToken.None).ConfigureAwait(false);
        return subscribed.Code;

        bool IsOf(PhoneNumber number) => number.IsHeld && number.WabaId == held.WabaId && number.Generation == held.Generation;
    }

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
        await calls.RecordReleaseAsync(waba, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        if (await IsHeldAsync(waba).ConfigureAwait(false))
            return new StepResult<GraphDone>(new GraphDone());

        var (released, token) = await UnsubscribeAsync(waba, tokens, deadline).ConfigureAwait(false);
        if (token is null)
            return released;

        var leftAt = time.GetUtcNow();
        var held = await IsHeldNowAsync(waba).ConfigureAwait(false);
        if (held is not false)
            await SubscribeForSiblingAsync(waba, token, leftAt).ConfigureAwait(false);

        // The sibling may have gone meanwhile, too.
        if (held is true && await IsHeldNowAsync(waba).ConfigureAwait(false) is false)
            return await ReleaseAsync(waba, [token], CancellationToken.None).ConfigureAwait(false);
        return held is null ? new StepResult<GraphDone>(ErrorCodes.ServiceUnavailable) : released;
    }

    /// <summary>Which of these WABAs somebody released since a time, so that a connect subscribes to them once more.</summary>
    public Task<IReadOnlyCollection<WabaId>> ReleasedSinceAsync(IReadOnlyCollection<WabaId> wabas, DateTimeOffset since, CancellationToken cancellationToken) =>
        calls.FindReleasedAsync(wabas, since, cancellationToken);

    /// <summary>The result, and the token with which the app was, or may have been, unsubscribed; null when it was not.</summary>
    private async Task<(StepResult<GraphDone> Result, AccessToken? Token)> UnsubscribeAsync(
        WabaId waba, IReadOnlyCollection<AccessToken> tokens, CancellationToken deadline)
    {
        var result = new StepResult<GraphDone>(ErrorCodes.TokenUnreadable);
        foreach (var token in tokens)
        {
            var answer = await subscriber.UnsubscribeAsync(waba, token, deadline).ConfigureAwait(false);
            if (!answer.IsRefused)
                return (answer, token);

            // Of several a dead one says nothing of the others.
            if (result.Code is ErrorCodes.TokenUnreadable or ErrorCodes.TokenInvalid)
                result = answer;
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
            LogLookFailed(exception, waba.ToString());
            return null;
        }
    }

    private async Task SubscribeForSiblingAsync(WabaId waba, AccessToken token, DateTimeOffset leftAt)
    {
        var again = await subscriber.SubscribeAsync(waba, token, CancellationToken.None).ConfigureAwait(false);
        LogSubscribedForSibling(waba.ToString(), again.Code ?? "ok");
        if (again.Succeeded)
            return;

        // What Meta said concerns the token of another account, so holders only learn that the step is open.
        var open = new OpenStep { Step = StepNames.Subscribe, Code = ErrorCodes.Pending, Since = leftAt };
        var held = await numbers.FindHeldAsync([waba], CancellationToken.None).ConfigureAwait(false);
        foreach (var holder in held.GroupBy(number => number.AccountId))
        {
            await numbers.WriteAsync(
                holder.Key,
                account => [.. account.Numbers
                    .Where(number => number.IsHeld && number.WabaId == waba && (number.Evidence.SubscribedAt is not { } at || at <= leftAt + NodeClocks.Apart))
                    .Select(number => number.WithOpenStep(open))],
                CancellationToken.None).ConfigureAwait(false);
        }
    }

    [LoggerMessage(1200, LogLevel.Information, "Subscribed the app to WABA {Waba} once more, since another account connected it meanwhile: {Result}")]
    private partial void LogSubscribedForSibling(string waba, string result);

    [LoggerMessage(1202, LogLevel.Information, "WABA {Waba} was disconnected while the app was subscribed to it; the app left it again: {Result}")]
    private partial void LogLeftAgain(string waba, string result);

    [LoggerMessage(1201, LogLevel.Error, "It could not be looked up who else needs WABA {Waba}; the app is subscribed again to be safe")]
    private partial void LogLookFailed(Exception exception, string waba);
}

/// <summary>The two calls by which the app comes to a WABA and leaves it. Everything that subscribes goes through here, so what comes with that is added here.</summary>
internal interface IWabaSubscriber
{
    /// <summary>Subscribes the app; once more does no harm.</summary>
    Task<StepResult<GraphDone>> SubscribeAsync(WabaId waba, AccessToken token, CancellationToken deadline);

    /// <summary>Unsubscribes the app. A refusal means that it is subscribed as before.</summary>
    Task<StepResult<GraphDone>> UnsubscribeAsync(WabaId waba, AccessToken token, CancellationToken deadline);

    /// <summary>Whether the subscription, as Meta shows it, is what a subscribe makes of it.</summary>
    bool IsAsWanted(WabaId waba, SubscribedApp shown);

    /// <summary>Makes that of it, and never unmakes the subscription.</summary>
    Task MendAsync(WabaId waba, AccessToken token, CancellationToken deadline);
}

/// <summary>The calls alone.</summary>
internal sealed class WabaSubscriber(IGraphClient graph) : IWabaSubscriber
{
    public Task<StepResult<GraphDone>> SubscribeAsync(WabaId waba, AccessToken token, CancellationToken deadline) =>
        graph.RunAsync(SubscriptionCalls.Subscribe(token, waba), deadline);

    public Task<StepResult<GraphDone>> UnsubscribeAsync(WabaId waba, AccessToken token, CancellationToken deadline) =>
        graph.RunAsync(SubscriptionCalls.Unsubscribe(token, waba), deadline);

    /// <summary>An address of its own that this host does not use any more, or another uses, is none of our business.</summary>
    public bool IsAsWanted(WabaId waba, SubscribedApp shown) => true;

    public Task MendAsync(WabaId waba, AccessToken token, CancellationToken deadline) => Task.CompletedTask;
}
