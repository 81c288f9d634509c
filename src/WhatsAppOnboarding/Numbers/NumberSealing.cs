using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>Seals tokens for one account and one number, so that a ciphertext copied to another row does not open.</summary>
internal sealed class TokenProtection(IDataProtectionProvider provider, TimeProvider time)
{
    public SealedSecret Seal(AccessToken token, AccountId account, PhoneNumberId number) =>
        new(Protector(account, number).Protect(token.Reveal()));

    /// <summary>The number's token, or null when there is none or its keys are gone.</summary>
    public AccessToken? Open(PhoneNumber number)
    {
        if (number.Token is null)
            return null;
        try
        {
            return AccessToken.Parse(Protector(number.AccountId, number.PhoneNumberId).Unprotect(number.Token.Ciphertext));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The number's token if it can be used: as <see cref="Open"/>, and null, too, when Meta said that it ends and it has.</summary>
    public AccessToken? OpenUsable(PhoneNumber number) => number.TokenExpiresAt <= time.GetUtcNow() ? null : Open(number);

    private IDataProtector Protector(AccountId account, PhoneNumberId number) =>
        provider.CreateProtector("WhatsAppOnboarding", "token.v1", account.ToString(), number.ToString());
}

/// <summary>Seals PINs for one account and one number, apart from tokens: neither opens as the other.</summary>
internal sealed class PinProtection(IDataProtectionProvider provider)
{
    public SealedSecret Seal(TwoStepPin pin, AccountId account, PhoneNumberId number) => new(Protector(account, number).Protect(pin.Reveal()));

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

/// <summary>Which Facebook user granted a token, without saying who: without the app secret nobody can try ids against it.</summary>
internal static class GrantorHash
{
    /// <summary>HMAC-SHA256 in 64 lower-case hex digits.</summary>
    public static string Of(string userId, string appSecret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), Encoding.UTF8.GetBytes($"grantor:{userId}")));
}
