using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>Subscribes the app to a number's WABA once more, or sets the address of its own once more, which helps every number of the account there.</summary>
internal sealed class SubscribeStep(WabaSubscription subscription, NumberAuthority numbers, TimeProvider time)
{
    /// <summary>Null when it is done, else why not.</summary>
    public async Task<string?> SubscribeAsync(PhoneNumber held, AccessToken token, CancellationToken deadline)
    {
        if (!held.IsOpen(StepNames.Subscribe) && held.Evidence.SubscribedAt is not null)
            return ErrorCodes.StepNotOpen;

        var subscribed = await subscription.SubscribeAsync(held.WabaId, token, deadline).ConfigureAwait(false);
        await RecordAsync(held, number => number.With(subscribed, time.GetUtcNow())).ConfigureAwait(false);
        return subscribed.Code;
    }

    /// <inheritdoc cref="SubscribeAsync"/>
    public async Task<string?> OverrideAsync(PhoneNumber held, AccessToken token, CancellationToken deadline)
    {
        if (!held.IsOpen(StepNames.Override))
            return ErrorCodes.StepNotOpen;

        var set = await subscription.OverrideAsync(held.WabaId, token, deadline).ConfigureAwait(false);
        await RecordAsync(
            held,
            number => set.Succeeded ? number.WithoutOpenStep(StepNames.Override) : number.WithOpenStep(set.ToOpenStep(StepNames.Override, time.GetUtcNow()))).ConfigureAwait(false);
        return set.Code;
    }

    private Task<PhoneNumberWrite> RecordAsync(PhoneNumber held, Func<PhoneNumber, PhoneNumber> change) => numbers.WriteAsync(
        held.AccountId,
        account => [.. account.Numbers.Where(number => number.IsHeld && number.WabaId == held.WabaId && number.Generation == held.Generation).Select(change)],
        CancellationToken.None);
}
