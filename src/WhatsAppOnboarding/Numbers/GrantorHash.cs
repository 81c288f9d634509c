using System.Security.Cryptography;
using System.Text;

namespace WhatsAppOnboarding.Numbers;

/// <summary>Which Facebook user granted a token, without saying who: without the app secret nobody can try ids against it.</summary>
internal static class GrantorHash
{
    /// <summary>HMAC-SHA256 in 64 lower-case hex digits.</summary>
    public static string Of(string userId, string appSecret) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), Encoding.UTF8.GetBytes($"grantor:{userId}")));
}
