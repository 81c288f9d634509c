using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>How a number comes to be registered: verified by a code, registered with a PIN, its data asked for of the WhatsApp Business app.</summary>
internal static class RegistrationTransitions
{
    /// <summary>Whether anything known of the number says that it stays in the WhatsApp Business app.</summary>
    public static bool MayBeCoexistence(this PhoneNumber number) =>
        number.IsOnBizApp is true || number.Syncs.Count > 0 || number.IsOpen(StepNames.SyncContacts) || number.IsOpen(StepNames.SyncHistory);

    /// <summary>It must be verified before it can be registered.</summary>
    public static PhoneNumber NeedsCode(this PhoneNumber number, DateTimeOffset now) =>
        number.WithoutOpenStep(StepNames.Register).WithOpenStep(StepNames.Verify, ErrorCodes.CodeNeeded, now);

    /// <summary>It needs no code any more, and is to be registered.</summary>
    public static PhoneNumber ReadyToRegister(this PhoneNumber number, DateTimeOffset now) =>
        number.WithoutOpenStep(StepNames.Verify).WithOpenStep(StepNames.Register, ErrorCodes.Pending, now);

    /// <summary>Meta took the code.</summary>
    public static PhoneNumber Verified(this PhoneNumber number, DateTimeOffset now) =>
        number.ReadyToRegister(now) with { CodeVerificationStatus = CodeVerificationStatus.Verified };

    /// <summary>A registration with the first of these PINs begins.</summary>
    public static PhoneNumber Registering(this PhoneNumber number, IReadOnlyList<RegistrationPin> pins, DateTimeOffset now) =>
        number.Begun(StepNames.Register, now) with { Pins = pins };

    /// <summary>Meta registered it with that PIN, which is the only one from then on.</summary>
    public static PhoneNumber Registered(this PhoneNumber number, RegistrationPin used, NumberFacts? facts, DateTimeOffset now) =>
        (facts is null ? number : number.Refreshed(facts)).WithoutRegistration() with
        {
            Pins = [number.Current(used) with { ConfirmedAt = now }],
            Evidence = number.Evidence with { RegisteredAt = now },
        };

    /// <summary>Meta did not register it with that PIN, or did not answer; <paramref name="open"/> says why.</summary>
    public static PhoneNumber NotRegistered(this PhoneNumber number, RegistrationPin used, OpenStep open) => open.Code switch
    {
        ErrorCodes.CodeNeeded => number.NeedsCode(open.Since),

        // It is certainly not the number's PIN.
        ErrorCodes.PinNeeded => number.WithOpenStep(open) with { Pins = [.. number.Pins.Where(pin => pin.Sealed != used.Sealed)] },
        _ => number.WithOpenStep(open),
    };

    /// <summary>The registration was never sent, so a PIN that was made up for it goes.</summary>
    public static PhoneNumber NotSent(this PhoneNumber number, IReadOnlyList<RegistrationPin> before, OpenStep open) =>
        number.WithOpenStep(open) with { Pins = [.. number.Pins.Where(before.Contains)] };

    /// <summary>Neither registration nor verification is open.</summary>
    public static PhoneNumber WithoutRegistration(this PhoneNumber number) =>
        number.IsOpen(StepNames.Register) || number.IsOpen(StepNames.Verify) ? number.WithoutOpenStep(StepNames.Register).WithoutOpenStep(StepNames.Verify) : number;

    /// <summary>A person read its newest PIN.</summary>
    public static PhoneNumber PinRead(this PhoneNumber number, DateTimeOffset now) =>
        number with { Pins = [.. number.Pins.Take(1).Select(first => first with { LastReadAt = now }), .. number.Pins.Skip(1)] };

    /// <summary>Its data is to be asked for of the app: noted before it is sent, unless it is too late to send. Null when that was done already.</summary>
    public static PhoneNumber? Syncing(this PhoneNumber number, string step, DateTimeOffset now, bool isOver) =>
        number.Syncs.Any(sync => sync.Step == step) ? null
        : isOver ? number.Begun(step, now)
        : number.Begun(step, now) with { Syncs = [.. number.Syncs, new NumberSync { Step = step, RequestedAt = now }] };

    /// <summary>Meta took the request.</summary>
    public static PhoneNumber Synced(this PhoneNumber number, string step, string? requestId) =>
        number.WithoutOpenStep(step) with { Syncs = [.. number.Syncs.Select(sync => sync.Step == step ? sync with { RequestId = requestId } : sync)] };

    /// <summary>It was not taken; where that is certain it may be asked for again.</summary>
    public static PhoneNumber NotSynced(this PhoneNumber number, OpenStep open, bool isCertain) =>
        number.WithOpenStep(open) with { Syncs = isCertain ? [.. number.Syncs.Where(sync => sync.Step != open.Step)] : number.Syncs };

    /// <summary>A step begins: it is open, since now unless it was before.</summary>
    public static PhoneNumber Begun(this PhoneNumber number, string step, DateTimeOffset now) =>
        number.IsOpen(step) ? number : number.WithOpenStep(step, ErrorCodes.Pending, now);

    /// <summary>
    /// A number that asked for its own PIN still does after a connect, because each guess counts at Meta, which locks it after a few; and what Meta does not say
    /// closes nothing.
    /// </summary>
    public static IEnumerable<OpenStep> RegistrationLeftOpen(this PhoneNumber held, NumberFacts facts, bool coexistence) =>
        RegistrationDecisions.Of(facts, coexistence) switch
        {
            RegistrationDecision.Register => held.OpenSteps.Where(open => open is { Step: StepNames.Register, Code: ErrorCodes.PinNeeded }),
            RegistrationDecision.Unknown when !facts.PlatformType.IsKnown => held.OpenSteps
                .Where(open => open.Step is StepNames.Register or StepNames.Verify)
                .Select(open => open.Code is ErrorCodes.Pending ? open with { Code = ErrorCodes.RegistrationUnknown } : open),
            _ => [],
        };

    /// <summary>The PIN as it is now: it may have been read meanwhile.</summary>
    private static RegistrationPin Current(this PhoneNumber number, RegistrationPin used) => number.Pins.FirstOrDefault(pin => pin.Sealed == used.Sealed) ?? used;
}

/// <summary>What to do about a number's registration.</summary>
internal enum RegistrationDecision
{
    /// <summary>Meta did not say enough: nothing is done and nothing claimed.</summary>
    Unknown = 0,

    /// <summary>It is registered.</summary>
    Registered = 1,

    /// <summary>It is in use in the WhatsApp Business app and is never registered.</summary>
    OnBusinessApp = 2,

    /// <summary>It is definitely not registered, and may be.</summary>
    Register = 3,

    /// <summary>As <see cref="Register"/>, but it must be verified by a code first.</summary>
    CodeNeeded = 4,

    /// <summary>It is registered nowhere, but something else is missing, unknown or speaks against it: a person may still order it.</summary>
    AskPerson = 5,
}

/// <summary>
/// Decides by what Meta says of a number. A registration is rationed and sets a PIN, so it is made only where everything speaks for it: what Meta
/// does not say is never read as a no.
/// </summary>
internal static class RegistrationDecisions
{
    /// <param name="number">The number as Meta describes it.</param>
    /// <param name="coexistence">Whether something else says that the number stays in the WhatsApp Business app, such as how the signup ended.</param>
    public static RegistrationDecision Of(NumberFacts number, bool coexistence = false) =>
        Of(number.Status, number.CodeVerificationStatus, number.PlatformType, number.IsOnBizApp, coexistence);

    /// <inheritdoc cref="Of(NumberFacts, bool)"/>
    public static RegistrationDecision Of(PhoneNumber number, bool coexistence = false) =>
        Of(number.Status, number.CodeVerificationStatus, number.PlatformType, number.IsOnBizApp, coexistence);

    public static RegistrationDecision Of(
        NumberStatus status, CodeVerificationStatus code, PlatformType platform, bool? isOnBizApp, bool coexistence) => isOnBizApp switch
        {
            true => RegistrationDecision.OnBusinessApp,
            _ when coexistence => RegistrationDecision.OnBusinessApp,
            _ when status == NumberStatus.Connected || platform == PlatformType.CloudApi => RegistrationDecision.Registered,
            _ when platform != PlatformType.NotApplicable => RegistrationDecision.Unknown,
            false when IsWaiting(status) && code == CodeVerificationStatus.Verified => RegistrationDecision.Register,
            false when IsWaiting(status) && IsUnproved(code) => RegistrationDecision.CodeNeeded,
            _ => RegistrationDecision.AskPerson,
        };

    private static bool IsWaiting(NumberStatus status) =>
        status == NumberStatus.Pending || status == NumberStatus.Disconnected || status == NumberStatus.Unverified || status == NumberStatus.Offline;

    private static bool IsUnproved(CodeVerificationStatus code) => code == CodeVerificationStatus.NotVerified || code == CodeVerificationStatus.Expired;
}
