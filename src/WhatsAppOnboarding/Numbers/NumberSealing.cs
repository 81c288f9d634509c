using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using WhatsAppOnboarding.Stores;

namespace WhatsAppOnboarding.Numbers;

/// <summary>
/// Seals tokens and PINs for one account and one number, so that a ciphertext copied to another row does not open, and neither opens as the other.
/// </summary>
internal sealed class NumberSealing(IDataProtectionProvider provider, TimeProvider time)
{
    private readonly IDataProtector _tokens = provider.CreateProtector("WhatsAppOnboarding", "token.v1");
    private readonly IDataProtector _pins = provider.CreateProtector("WhatsAppOnboarding", "pin.v1");

    public SealedSecret Seal(AccessToken token, AccountId account, PhoneNumberId number) => new(Of(_tokens, account, number).Protect(token.Reveal()));

    public SealedSecret Seal(TwoStepPin pin, AccountId account, PhoneNumberId number) => new(Of(_pins, account, number).Protect(pin.Reveal()));

    /// <summary>The number's token, or null when there is none or its keys are gone.</summary>
    public AccessToken? Open(PhoneNumber number) =>
        number.Token is { } sealedToken && Open(sealedToken, _tokens, number) is { } text && AccessToken.IsValid(text) ? AccessToken.Parse(text) : null;

    /// <summary>The number's token if it can be used: as <see cref="Open(PhoneNumber)"/>, and null, too, when Meta said that it ends and it has.</summary>
    public AccessToken? OpenUsable(PhoneNumber number) => number.TokenExpiresAt <= time.GetUtcNow() ? null : Open(number);

    /// <summary>One of the number's PINs, or null when its keys are gone.</summary>
    public TwoStepPin? Open(PhoneNumber number, RegistrationPin kept) =>
        Open(kept.Sealed, _pins, number) is { } text && TwoStepPin.TryParse(text, out var pin) ? pin : null;

    /// <summary>
    /// The number with what an older key still seals sealed under the one of now; itself where there is nothing of that kind. What does not open here stays as it is, and so do PINs while a
    /// step runs, which knows them by their seals.
    /// </summary>
    public PhoneNumber Renewed(PhoneNumber number)
    {
        var token = number.Token is { } kept ? Renewed(kept, _tokens, number) : null;
        RegistrationPin[]? pins = number.Running is null && number.Pins.Count > 0
            ? [.. number.Pins.Select(pin => Renewed(pin.Sealed, _pins, number) is { } anew ? pin with { Sealed = anew } : pin)]
            : null;
        return token is null && (pins is null || pins.SequenceEqual(number.Pins)) ? number : number with { Token = token ?? number.Token, Pins = pins ?? number.Pins };
    }

    /// <summary>Null where it need not be sealed anew, or cannot be.</summary>
    private static SealedSecret? Renewed(SealedSecret secret, IDataProtector secrets, PhoneNumber number)
    {
        if (Of(secrets, number.AccountId, number.PhoneNumberId) is not IPersistedDataProtector protector)
            return null;
        try
        {
            var text = protector.DangerousUnprotect(WebEncoders.Base64UrlDecode(secret.Reveal()), ignoreRevocationErrors: false, out var isOutdated, out _);
            return isOutdated ? new SealedSecret(WebEncoders.Base64UrlEncode(protector.Protect(text))) : null;
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static string? Open(SealedSecret secret, IDataProtector secrets, PhoneNumber number)
    {
        try
        {
            return Of(secrets, number.AccountId, number.PhoneNumberId).Unprotect(secret.Reveal());
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static IDataProtector Of(IDataProtector secrets, AccountId account, PhoneNumberId number) => secrets.CreateProtector(account.ToString(), number.ToString());
}

/// <summary>Which Facebook user granted a token, without saying who: without the app secret nobody can try ids against it.</summary>
internal static class GrantorHash
{
    /// <summary>HMAC-SHA256 in 64 lower-case hex digits.</summary>
    public static string Of(string userId, string appSecret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), Encoding.UTF8.GetBytes($"grantor:{userId}")));
}

/// <summary>One number as a grant proved it, ready to be connected.</summary>
internal sealed record GrantedNumber
{
    public required NumberFacts Facts { get; init; }

    public required WabaId WabaId { get; init; }

    /// <summary>Its place in Meta's order of the grant, from 0.</summary>
    public required int Order { get; init; }

    public required Guid Generation { get; init; }

    public required SealedSecret Token { get; init; }

    public DateTimeOffset? TokenExpiresAt { get; init; }

    public string? GrantedBy { get; init; }

    public required DateTimeOffset InspectedAt { get; init; }

    public required DateTimeOffset ListedAt { get; init; }

    public required DateTimeOffset ConnectedAt { get; init; }

    /// <summary>When the app was subscribed to the WABA by this grant; null when it was not.</summary>
    public DateTimeOffset? SubscribedAt { get; init; }

    /// <summary>Whether how the signup ended says that the number stays in the WhatsApp Business app; a hint, never a proof.</summary>
    public bool SaysCoexistence { get; init; }

    /// <summary>What the subscription left to be done.</summary>
    public IReadOnlyList<OpenStep> OpenSteps { get; init; } = [];

    public IReadOnlyList<Finding> Findings { get; init; } = [];
}
