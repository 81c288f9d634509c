namespace WhatsAppOnboarding;

/// <summary>Shows a person the PIN that is kept for a number of an account. Every reading is recorded before it is shown. Registered scoped.</summary>
public interface IRegistrationPins
{
    /// <summary>The PIN of one of the account's numbers, disconnected ones too; null when none is kept or it can no longer be opened.</summary>
    /// <param name="account">The account.</param>
    /// <param name="number">The number.</param>
    /// <param name="reader">Who reads it, as the host names the person: for the record.</param>
    /// <param name="cancellationToken">Gives up before anything is recorded.</param>
    Task<KeptPin?> ReadAsync(AccountId account, PhoneNumberId number, string? reader = null, CancellationToken cancellationToken = default);
}

/// <summary>A PIN that is kept.</summary>
/// <param name="Pin">The PIN.</param>
/// <param name="IsConfirmed">Whether Meta took it; if not, it may be the number's PIN or not.</param>
/// <param name="StoredAt">When it was stored.</param>
/// <param name="Earlier">PINs stored before, newest first, while it is not known which one Meta took.</param>
public sealed record KeptPin(TwoStepPin Pin, bool IsConfirmed, DateTimeOffset StoredAt, IReadOnlyList<TwoStepPin> Earlier);
