using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace WhatsAppOnboarding;

/// <summary>Reads Meta's <c>signed_request</c>. Public for hosts that take such callbacks in elsewhere first.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback</remarks>
public static class SignedRequest
{
    /// <summary>The form field that carries it.</summary>
    public const string FieldName = "signed_request";

    /// <summary>By how much Meta's clock and this one may differ.</summary>
    internal static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(5);

    // The decoder also takes padding and white space, which Meta's text never has.
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>
    /// What the text says, if one of these secrets signed it (HMAC-SHA256 over the payload's encoded text, compared in constant time) and its time is right.
    /// Nothing of a payload is looked at before its signature.
    /// </summary>
    /// <param name="text">The value of the field.</param>
    /// <param name="appSecrets">The app secret, and during a rotation the older one; empty ones sign nothing.</param>
    /// <param name="now">The time.</param>
    public static SignedRequestResult Read(string? text, IEnumerable<string?> appSecrets, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(appSecrets);
        if (text?.Split('.') is not [var signature, var payload] || Decode(signature) is not { } claimed || Decode(payload) is not { } json)
            return SignedRequestResult.Malformed;
        if (!IsSigned(payload, claimed, appSecrets))
            return SignedRequestResult.BadSignature;
        if (SignedRequestContent.Read(json) is not { } content)
            return SignedRequestResult.Malformed;
        return content.ExpiresAt <= now || content.IssuedAt > now + ClockSlack ? SignedRequestResult.Untimely : new(SignedRequestFault.None, content);
    }

    private static byte[]? Decode(string text) =>
        text.Length == 0 || text.AsSpan().ContainsAnyExcept(Alphabet) || !Base64Url.IsValid(text) ? null : Base64Url.DecodeFromChars(text);

    private static bool IsSigned(string payload, byte[] claimed, IEnumerable<string?> appSecrets)
    {
        var signed = Encoding.ASCII.GetBytes(payload);
        var one = false;
        foreach (var secret in appSecrets.Where(secret => !string.IsNullOrEmpty(secret)))
            one |= CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret!), signed), claimed);
        return one;
    }
}
