using WhatsAppOnboarding.Numbers;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Setup;

/// <summary>
/// Chooses the PIN to register with and puts it first among the number's PINs: the one that a person gave, else one that is kept, else a new one.
/// What is kept stays behind it, for it may be the right one after all.
/// </summary>
internal sealed class PinChoice(PinProtection protection, PhoneNumber number, TwoStepPin? given, DateTimeOffset now)
{
    private readonly RegistrationPin _new = new()
    {
        Sealed = protection.Seal(given ?? TwoStepPin.Random(), number.AccountId, number.PhoneNumberId),
        StoredAt = now,
    };

    /// <summary>Whether there is a PIN other than one that would be made up.</summary>
    public bool IsKnown => given is not null || number.Pins.Any(Fits);

    /// <summary>Whether only a person can say the PIN: Meta told that it was changed, and nothing that is kept is newer.</summary>
    public bool NeedsPerson => !IsKnown && number.Notice(MetaNotice.PinKind) is not null;

    public IReadOnlyList<RegistrationPin> Of(IReadOnlyList<RegistrationPin> kept)
    {
        var chosen = kept.FirstOrDefault(Fits) ?? _new;
        return [chosen, .. kept.Where(pin => pin != chosen)];
    }

    private bool Fits(RegistrationPin kept) =>
        protection.Open(number, kept) is { } pin && (given is null ? !number.IsOutdated(kept) : pin.Reveal() == given.Reveal());
}
