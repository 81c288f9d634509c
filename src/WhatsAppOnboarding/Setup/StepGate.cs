using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>Whether a step may be done for a number as Meta describes it now.</summary>
/// <param name="IsOpen">Whether it may.</param>
/// <param name="Code">If not: null when it turns out to be done already, else why not.</param>
internal sealed record StepGate(bool IsOpen, string? Code = null)
{
    /// <param name="before">The number before it was read anew.</param>
    /// <param name="read">The number now.</param>
    public static StepGate Register(PhoneNumber before, ReadNumber read) => read.Decision switch
    {
        RegistrationDecision.Register or RegistrationDecision.AskPerson => new(true),
        RegistrationDecision.Registered => new(false, before.IsOpen(StepNames.Register) ? null : ErrorCodes.StepNotOpen),
        RegistrationDecision.OnBusinessApp => new(false, ErrorCodes.OnBusinessApp),
        RegistrationDecision.CodeNeeded => new(false, ErrorCodes.CodeNeeded),
        _ => new(before.IsOpen(StepNames.Register), ErrorCodes.RegistrationUnknown),
    };

    /// <inheritdoc cref="Register"/>
    public static StepGate Verify(PhoneNumber before, ReadNumber read) => read.Decision switch
    {
        RegistrationDecision.OnBusinessApp => new(false, ErrorCodes.OnBusinessApp),
        RegistrationDecision.Registered => new(false, ErrorCodes.StepNotOpen),
        _ when read.Fresh.CodeVerificationStatus == CodeVerificationStatus.Verified => new(false, ErrorCodes.AlreadyVerified),
        RegistrationDecision.CodeNeeded or RegistrationDecision.AskPerson => new(true),
        _ => new(before.IsOpen(StepNames.Verify), ErrorCodes.StepNotOpen),
    };
}
