using System.Security.Cryptography;
using System.Text;

namespace WhatsAppOnboarding.Graph;

/// <summary>Shows Meta that who holds the token knows the app secret too, so that a stolen token alone is of no use.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/guides/secure-requests#appsecret_proof</remarks>
internal static class AppSecretProof
{
    /// <summary>The HMAC-SHA256 of the token under the app secret, in lower-case hex.</summary>
    public static string Of(AccessToken token, string appSecret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), Encoding.ASCII.GetBytes(token.Reveal())));
}
