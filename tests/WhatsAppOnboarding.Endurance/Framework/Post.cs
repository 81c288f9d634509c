using System.Security.Cryptography;
using System.Text;

namespace WhatsAppOnboarding.Endurance.Framework;

/// <summary>A whole HTTP request as bytes: a signed delivery.</summary>
internal static class Post
{
    public const string AppSecret = "0123456789abcdef0123456789abcdef";

    public static byte[] Signed(byte[] body, string path = "/webhooks/whatsapp")
    {
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(AppSecret), body));
        var head = Encoding.ASCII.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: facebookexternalua\r\nContent-Type: application/json\r\n"
            + $"X-Hub-Signature-256: sha256={signature}\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. head, .. body];
    }
}
