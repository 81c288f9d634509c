using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>Reads a number anew at Meta and notes what it says.</summary>
internal sealed class NumberReading(StepCalls calls, NumberAuthority numbers, TimeProvider time)
{
    public async Task<StepResult<ReadNumber>> RunAsync(PhoneNumber number, AccessToken token, CancellationToken deadline)
    {
        var read = await calls.SendAsync(NumberCalls.ReadNumber(token, number.PhoneNumberId), deadline).ConfigureAwait(false);
        if (!read.Succeeded)
            return new StepResult<ReadNumber>(read.Code, read.Error);

        var now = time.GetUtcNow();
        var decision = RegistrationDecisions.Of(read.Value, number.MayBeCoexistence());
        var write = await numbers.WriteAsync(
            number.AccountId,
            account => account.Find(number.PhoneNumberId) is { IsHeld: true } current && current.Generation == number.Generation
                && current.Refreshed(read.Value, decision, now) is var changed && changed != current ? [changed] : [],
            CancellationToken.None).ConfigureAwait(false);
        return new StepResult<ReadNumber>(new ReadNumber(write.After.Find(number.PhoneNumberId) ?? number, read.Value, decision));
    }
}

/// <summary>A number that was read anew.</summary>
/// <param name="Number">As it is kept now.</param>
/// <param name="Fresh">As Meta describes it; what is missing is unknown.</param>
/// <param name="Decision">What to do about its registration, by Meta's description alone.</param>
internal sealed record ReadNumber(PhoneNumber Number, NumberFacts Fresh, RegistrationDecision Decision)
{
    /// <summary>Whether Meta says that it is in use in the app and with the API.</summary>
    public bool IsConfirmedCoexistence => Fresh.IsOnBizApp is true && Fresh.PlatformType == PlatformType.CloudApi;
}
