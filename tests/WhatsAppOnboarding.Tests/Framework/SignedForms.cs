using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>Signed requests as Meta makes them, and as others would like to.</summary>
public static class SignedForms
{
    public const string Deauthorize = "/webhooks/whatsapp/deauthorize";
    public const string DataDeletion = "/webhooks/whatsapp/data-deletion";

    public static string Sign(string secret, object payload) => SignText(secret, Encode(JsonSerializer.SerializeToUtf8Bytes(payload)));

    public static string SignText(string secret, string encoded) =>
        $"{Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(encoded)))}.{encoded}";

    public static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>What Meta sends for a person.</summary>
    public static string Of(this TheHost host, string user, DateTimeOffset? issuedAt = null) => Sign(host.Meta.AppSecret, Payload(user, issuedAt));

    public static object Payload(string user, DateTimeOffset? issuedAt = null) =>
        new { algorithm = "HMAC-SHA256", issued_at = (issuedAt ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds(), user_id = user };

    public static Task<HttpResponseMessage> PostSignedAsync(this TheHost host, string path, string signedRequest) =>
        host.PostFormAsync(path, new FormUrlEncodedContent([new("signed_request", signedRequest)]));

    public static async Task<HttpResponseMessage> PostFormAsync(this TheHost host, string path, HttpContent form)
    {
        using var meta = host.OpenApi(null);
        return await meta.PostAsync(path, form, TestContext.Current.CancellationToken);
    }
}
