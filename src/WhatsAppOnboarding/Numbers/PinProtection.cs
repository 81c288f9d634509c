using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>Seals PINs for one account and one number, apart from tokens: neither opens as the other.</summary>
internal sealed class PinProtection(IDataProtectionProvider provider)
{
    public SealedPin Seal(TwoStepPin pin, AccountId account, PhoneNumberId number) => new(Protector(account, number).Protect(pin.Reveal()));

    /// <summary>One of the number's PINs, or null when its keys are gone.</summary>
    public TwoStepPin? Open(PhoneNumber number, RegistrationPin pin)
    {
        try
        {
            return TwoStepPin.Parse(Protector(number.AccountId, number.PhoneNumberId).Unprotect(pin.Sealed.Ciphertext));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private IDataProtector Protector(AccountId account, PhoneNumberId number) =>
        provider.CreateProtector("WhatsAppOnboarding", "pin.v1", account.ToString(), number.ToString());
}
