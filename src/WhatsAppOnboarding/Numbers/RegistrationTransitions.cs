using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>How a number comes to be registered: verified by a code, registered with a PIN, its data asked for of the WhatsApp Business app.</summary>
internal static class RegistrationTransitions
{
    /// <summary>Whether anything known of the number says that it stays in the WhatsApp Business app.</summary>
    public static bool MayBeCoexistence(this PhoneNumber number) =>
        number.IsOnBizApp is true || number.Syncs.Count > 0 || number.IsOpen(StepNames.SyncContacts) || number.IsOpen(StepNames.SyncHistory);

    /// <summary>
    /// Whether it may be the number that a signup of the WhatsApp Business app has just added: not one that Meta calls registered and not in the app, nor one that
    /// the account holds and registered, or was to register, for the API.
    /// </summary>
    public static bool MayHaveComeFromApp(this NumberFacts listed, PhoneNumber? known) => listed.IsOnBizApp is true
        || !((listed.IsOnBizApp is false && listed.PlatformType == PlatformType.CloudApi) || (known is { IsHeld: true } && known.IsForApi() && !known.MayBeCoexistence()));

    private static bool IsForApi(this PhoneNumber number) =>
        number.Evidence.RegisteredAt is not null || number.Pins.Count > 0 || number.IsOpen(StepNames.Register) || number.IsOpen(StepNames.Verify);

    /// <summary>It must be verified before it can be registered.</summary>
    public static PhoneNumber NeedsCode(this PhoneNumber number, DateTimeOffset now) =>
        number.WithoutOpenStep(StepNames.Register).WithOpenStep(StepNames.Verify, ErrorCodes.CodeNeeded, now);

    /// <summary>It needs no code any more, and is to be registered.</summary>
    public static PhoneNumber ReadyToRegister(this PhoneNumber number, DateTimeOffset now) =>
        number.WithoutOpenStep(StepNames.Verify).WithOpenStep(StepNames.Register, ErrorCodes.Pending, now);

    /// <summary>Meta took the code.</summary>
    public static PhoneNumber Verified(this PhoneNumber number, DateTimeOffset now) =>
        number.ReadyToRegister(now) with { CodeVerificationStatus = CodeVerificationStatus.Verified };

    /// <summary>Meta sent no code, or did not take it; that a registration asked for one is not forgotten over that.</summary>
    public static PhoneNumber NotVerified(this PhoneNumber number, OpenStep open) =>
        number.WithOpenStep(number.IsAskedForCode ? open with { MetaCode = PhoneNumber.AsksForCode } : open);

    /// <summary>A registration with the first of these PINs begins.</summary>
    public static PhoneNumber Registering(this PhoneNumber number, IReadOnlyList<RegistrationPin> pins, DateTimeOffset now) =>
        number.Begun(StepNames.Register, now) with { Pins = pins };

    /// <summary>Meta registered it with that PIN, which is the only one from then on.</summary>
    public static PhoneNumber Registered(this PhoneNumber number, RegistrationPin used, NumberFacts? facts, DateTimeOffset now) =>
        (facts is null ? number : number.Refreshed(facts).InMode(facts.AccountMode, now)).WithoutRegistration().RegisteredSince(now) with { Pins = [number.Current(used) with { ConfirmedAt = now }] };

    /// <summary>Meta did not register it with that PIN, or did not answer; <paramref name="open"/> says why.</summary>
    public static PhoneNumber NotRegistered(this PhoneNumber number, RegistrationPin used, OpenStep open) => open.Code switch
    {
        // Meta calls the number verified and asks for a code all the same: it is kept that the registration itself asked, or each round would cost a try.
        ErrorCodes.CodeNeeded when number.CodeVerificationStatus == CodeVerificationStatus.Verified => number.WithoutOpenStep(StepNames.Register).WithOpenStep(open with { Step = StepNames.Verify }),
        ErrorCodes.CodeNeeded => number.NeedsCode(open.Since),

        // It is certainly not the number's PIN.
        ErrorCodes.PinNeeded => number.WithOpenStep(open) with { Pins = [.. number.Pins.Where(pin => pin.Sealed != used.Sealed)] },
        _ => number.WithOpenStep(open),
    };

    /// <summary>The registration was never sent, so a PIN that was made up for it goes.</summary>
    public static PhoneNumber NotSent(this PhoneNumber number, IReadOnlyList<RegistrationPin> before, OpenStep open) =>
        number.WithOpenStep(open) with { Pins = [.. number.Pins.Where(pin => before.Any(kept => kept.Sealed == pin.Sealed))] };

    /// <summary>Neither registration nor verification is open.</summary>
    public static PhoneNumber WithoutRegistration(this PhoneNumber number) =>
        number.IsOpen(StepNames.Register) || number.IsOpen(StepNames.Verify) ? number.WithoutOpenStep(StepNames.Register).WithoutOpenStep(StepNames.Verify) : number;

    /// <summary>A person read its newest PIN.</summary>
    public static PhoneNumber PinRead(this PhoneNumber number, DateTimeOffset now, string? reader) =>
        number with { Pins = [.. number.Pins.Take(1).Select(first => first with { LastReadAt = now, LastReadBy = reader }), .. number.Pins.Skip(1)] };

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

    /// <summary>What outlives a disconnect: that Meta refused a registration, or asked for a code instead. Each try counts there, whoever holds the number.</summary>
    public static IEnumerable<OpenStep> RegistrationRefused(this PhoneNumber number) => number.OpenSteps.Where(open => open
        is { Step: StepNames.Register, MetaCode: not null } or { Step: StepNames.Verify, MetaCode: PhoneNumber.AsksForCode });

    /// <summary>
    /// A registration that was tried and did not succeed stays open over a connect and waits for the person's order, because each try counts at Meta, which takes
    /// few; so does one whose end nobody knows, by a PIN that was sent and never taken; not one that was only asked about. What Meta does not say closes nothing.
    /// </summary>
    public static IEnumerable<OpenStep> RegistrationLeftOpen(this PhoneNumber earlier, NumberFacts facts, bool coexistence, DateTimeOffset now)
    {
        var decision = RegistrationDecisions.Of(earlier, facts, coexistence);
        OpenStep[] left = decision switch
        {
            RegistrationDecision.Register or RegistrationDecision.AskPerson =>
            [
                .. earlier.OpenSteps
                    .Where(open => open.Step is StepNames.Register && (open.Code is not ErrorCodes.Pending || earlier.Running is { Step: StepNames.Register })
                        && (open.Code is not ErrorCodes.RegistrationUnknown || decision is not RegistrationDecision.Register || earlier.MayHaveTried()))
                    .Select(open => open.Code is ErrorCodes.Pending && earlier.Running?.IsAlive(now) is false ? open with { Code = ErrorCodes.MetaTimeout } : open),
            ],
            RegistrationDecision.CodeNeeded when earlier.IsAskedForCode => [.. earlier.OpenSteps.Where(open => open.Step is StepNames.Verify)],
            RegistrationDecision.Unknown when !facts.PlatformType.IsKnown =>
            [
                .. earlier.OpenSteps
                    .Where(open => open.Step is StepNames.Register or StepNames.Verify)
                    .Select(open => open.Code is ErrorCodes.Pending ? open with { Code = ErrorCodes.RegistrationUnknown } : open),
            ],
            _ => [],
        };
        return left.Length == 0 && !earlier.IsHeld && decision is RegistrationDecision.Register && earlier.Pins.Any(pin => pin.ConfirmedAt is null)
            ? [new OpenStep { Step = StepNames.Register, Code = ErrorCodes.NotRegistered, Since = now }]
            : left;
    }

    private static bool MayHaveTried(this PhoneNumber number) => number.Running is { Step: StepNames.Register } || number.Pins.Any(pin => pin.ConfirmedAt is null);

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

    /// <summary>As Meta describes it now; where a registration of it asked for a code, that is needed whatever the description says.</summary>
    public static RegistrationDecision Of(PhoneNumber number, NumberFacts fresh, bool coexistence) =>
        Of(fresh, coexistence) is var decision && decision is RegistrationDecision.Register && number.IsAskedForCode ? RegistrationDecision.CodeNeeded : decision;

    /// <summary>As the number is kept: no try is spent where Meta's other words make it vain.</summary>
    public static RegistrationDecision Of(PhoneNumber number, bool coexistence = false) =>
        Of(number.Status, number.CodeVerificationStatus, number.PlatformType, number.IsOnBizApp, coexistence) switch
        {
            RegistrationDecision.Register when number.IsAskedForCode => RegistrationDecision.CodeNeeded,
            RegistrationDecision.Register when NumberStandings.IsNameInDoubt(number.NameStatus) => RegistrationDecision.AskPerson,
            RegistrationDecision.AskPerson when NumberStandings.IsBeyondRegistering(number.Status) => RegistrationDecision.Unknown,
            var decision => decision,
        };

    /// <summary>Why a person must say whether to register it.</summary>
    public static string WhyAsk(PhoneNumber number) =>
        NumberStandings.IsNameDeclined(number.NameStatus) ? ErrorCodes.NameNotReady : ErrorCodes.RegistrationUnknown;

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

    private static bool IsUnproved(CodeVerificationStatus code) =>
        code == CodeVerificationStatus.NotVerified || code == CodeVerificationStatus.Unverified || code == CodeVerificationStatus.Expired;
}
