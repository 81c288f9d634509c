using System.Security.Cryptography;
using System.Text;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Checks Meta's signature over the raw bytes of a delivery. Public for hosts that take deliveries in elsewhere first.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/webhooks/getting-started</remarks>
public static class WebhookSignature
{
    /// <summary>The header that carries it.</summary>
    public const string HeaderName = "X-Hub-Signature-256";

    private const string Prefix = "sha256=";

    /// <summary>Whether a header is <c>sha256=</c> and the HMAC-SHA256 of these very bytes with this secret. A missing header or secret is a no.</summary>
    public static bool IsValid(ReadOnlySpan<byte> body, string? header, string? appSecret)
    {
        if (string.IsNullOrEmpty(appSecret) || header is null || header.Length != Prefix.Length + (2 * SHA256.HashSizeInBytes)
            || !header.StartsWith(Prefix, StringComparison.Ordinal))
            return false;

        Span<byte> claimed = stackalloc byte[SHA256.HashSizeInBytes];
        if (Convert.FromHexString(header.AsSpan(Prefix.Length), claimed, out _, out _) != System.Buffers.OperationStatus.Done)
            return false;

        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), body, expected);
        return CryptographicOperations.FixedTimeEquals(claimed, expected);
    }
}
