using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

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
