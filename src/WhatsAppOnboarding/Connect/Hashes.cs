using System.Security.Cryptography;
using System.Text;

namespace WhatsAppOnboarding.Connect;

internal static class Hashes
{
    /// <summary>SHA-256 in 64 lower-case hex digits. What is hashed here is random, so it needs no salt.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
