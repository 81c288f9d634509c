using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>Seals tokens for one account and one number, so that a ciphertext copied to another row does not open.</summary>
internal sealed class TokenProtection(IDataProtectionProvider provider, TimeProvider time)
{
    public SealedToken Seal(AccessToken token, AccountId account, PhoneNumberId number) =>
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
