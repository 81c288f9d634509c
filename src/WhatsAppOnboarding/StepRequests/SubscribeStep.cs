using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.PhoneNumbers;
using WhatsAppOnboarding.Steps;

namespace WhatsAppOnboarding.StepRequests;

/// <summary>Subscribes the app to a number's WABA once more, which helps every number of the account there.</summary>
internal sealed class SubscribeStep(WabaSubscription subscription, IPhoneNumberStore numbers, TimeProvider time)
{
    /// <summary>Null when it is done, else why not.</summary>
    public async Task<string?> RunAsync(PhoneNumber held, AccessToken token, CancellationToken deadline)
    {
        if (!held.IsOpen(StepNames.Subscribe) && held.Evidence.SubscribedAt is not null)
            return ErrorCodes.StepNotOpen;

        var subscribed = await SubscribeAsync(held.WabaId, token, deadline).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var failed = subscribed.Succeeded ? null : subscribed.ToOpenStep(StepNames.Subscribe, now);
        await numbers.WriteAsync(
            held.AccountId,
            account => [.. account.Numbers
                .Where(number => number.IsHeld && number.WabaId == held.WabaId && number.Generation == held.Generation)
                .Select(number => number.WithSubscription(failed, now))],
            CancellationToken.None).ConfigureAwait(false);
        return subscribed.Code;
    }

    private async Task<StepResult<Graph.GraphDone>> SubscribeAsync(WabaId waba, AccessToken token, CancellationToken deadline)
    {
        try
        {
            return await subscription.SubscribeAsync(waba, token, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return new StepResult<Graph.GraphDone>(ErrorCodes.MetaTimeout);
        }
    }
}
