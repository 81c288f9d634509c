using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>Reads a number anew at Meta and notes what it says.</summary>
internal sealed class NumberReading(StepCalls calls, NumberAuthority numbers, TimeProvider time)
{
    public async Task<StepResult<ReadNumber>> RunAsync(PhoneNumber number, AccessToken token, CancellationToken deadline)
    {
        var read = await calls.SendAsync(new ReadPhoneNumber(token, number.PhoneNumberId), deadline).ConfigureAwait(false);
        if (!read.Succeeded)
            return new StepResult<ReadNumber>(read.Code, read.Error);

        var now = time.GetUtcNow();
        var decision = RegistrationDecisions.Of(read.Value, number.MayBeCoexistence());
        var write = await numbers.WriteAsync(
            number.AccountId,
            account => account.Find(number.PhoneNumberId) is { IsHeld: true } current && current.Generation == number.Generation
                && current.With(read.Value).With(decision, now) is var changed && changed != current ? [changed] : [],
            CancellationToken.None).ConfigureAwait(false);
        return new StepResult<ReadNumber>(new ReadNumber(write.After.Find(number.PhoneNumberId) ?? number, read.Value, decision));
    }
}

/// <summary>A number that was read anew.</summary>
/// <param name="Number">As it is kept now.</param>
/// <param name="Fresh">As Meta describes it; what is missing is unknown.</param>
/// <param name="Decision">What to do about its registration, by Meta's description alone.</param>
internal sealed record ReadNumber(PhoneNumber Number, GraphPhoneNumber Fresh, RegistrationDecision Decision)
{
    /// <summary>Whether Meta says that it is in use in the app and with the API.</summary>
    public bool IsConfirmedCoexistence => Fresh.IsOnBizApp is true && Fresh.PlatformType == PlatformType.CloudApi;
}

/// <summary>What a fresh look at Meta changes in a number.</summary>
internal static class FreshNumber
{
    /// <summary>Whether anything known of the number says that it stays in the WhatsApp Business app.</summary>
    public static bool MayBeCoexistence(this PhoneNumber number) =>
        number.IsOnBizApp is true || number.Syncs.Count > 0 || number.IsOpen(StepNames.SyncContacts) || number.IsOpen(StepNames.SyncHistory);

    /// <summary>What Meta says; what it does not say stays as it was.</summary>
    public static PhoneNumber With(this PhoneNumber number, GraphPhoneNumber fresh) => number with
    {
        DisplayPhone = fresh.DisplayPhoneNumber ?? number.DisplayPhone,
        VerifiedName = fresh.VerifiedName ?? number.VerifiedName,
        QualityRating = fresh.QualityRating.IsKnown ? fresh.QualityRating : number.QualityRating,
        Status = fresh.Status.IsKnown ? fresh.Status : number.Status,
        CodeVerificationStatus = fresh.CodeVerificationStatus.IsKnown ? fresh.CodeVerificationStatus : number.CodeVerificationStatus,
        PlatformType = fresh.PlatformType.IsKnown ? fresh.PlatformType : number.PlatformType,
        IsOnBizApp = fresh.IsOnBizApp ?? number.IsOnBizApp,
    };

    /// <summary>What follows from it for steps that are open.</summary>
    public static PhoneNumber With(this PhoneNumber number, RegistrationDecision decision, DateTimeOffset now) => decision switch
    {
        RegistrationDecision.Registered => number.WithoutRegistration() with { Evidence = number.Evidence with { RegisteredAt = number.Evidence.RegisteredAt ?? now } },
        RegistrationDecision.OnBusinessApp => number.WithoutRegistration(),
        RegistrationDecision.Register when number.IsOpen(StepNames.Verify) =>
            number.WithoutOpenStep(StepNames.Verify).WithOpenStep(new OpenStep(StepNames.Register, ErrorCodes.Pending, now)),
        RegistrationDecision.CodeNeeded when !number.IsOpen(StepNames.Verify) => number.WithCodeNeeded(now),
        _ => number,
    };

    /// <summary>The number with neither registration nor verification open.</summary>
    public static PhoneNumber WithoutRegistration(this PhoneNumber number) =>
        number.IsOpen(StepNames.Register) || number.IsOpen(StepNames.Verify) ? number.WithoutOpenStep(StepNames.Register).WithoutOpenStep(StepNames.Verify) : number;

    /// <summary>The number that must be verified before it can be registered.</summary>
    public static PhoneNumber WithCodeNeeded(this PhoneNumber number, DateTimeOffset now) =>
        number.WithoutOpenStep(StepNames.Register).WithOpenStep(new OpenStep(StepNames.Verify, ErrorCodes.CodeNeeded, now));
}
