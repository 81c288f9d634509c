using WhatsAppOnboarding.Setup;

namespace WhatsAppOnboarding;

/// <summary>What finishes an account's numbers: steps that are open, and the PINs that are kept. Registered scoped.</summary>
public interface IWhatsAppSetup
{
    /// <summary>
    /// Does one step for a number that the account holds, at the wish of a person. It looks at Meta first, so nothing is registered or verified that
    /// already is; and it does not stop when the caller goes away once it has begun.
    /// </summary>
    Task<StepOutcome> RunStepAsync(AccountId account, PhoneNumberId number, StepRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// The PIN of one of the account's numbers, disconnected ones too; null when none is kept or it can no longer be opened. Every reading is recorded
    /// before the PIN is shown.
    /// </summary>
    /// <param name="account">The account.</param>
    /// <param name="number">The number.</param>
    /// <param name="reader">Who reads it, as the host names the person: for the record.</param>
    /// <param name="cancellationToken">Gives up before anything is recorded.</param>
    Task<KeptPin?> ReadPinAsync(AccountId account, PhoneNumberId number, string? reader = null, CancellationToken cancellationToken = default);
}

internal sealed class WhatsAppSetup(StepRunner steps, RegistrationPins pins) : IWhatsAppSetup
{
    public Task<StepOutcome> RunStepAsync(AccountId account, PhoneNumberId number, StepRequest request, CancellationToken cancellationToken) =>
        steps.RunAsync(account, number, request, cancellationToken);

    public Task<KeptPin?> ReadPinAsync(AccountId account, PhoneNumberId number, string? reader, CancellationToken cancellationToken) =>
        pins.ReadAsync(account, number, reader, cancellationToken);
}
