using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing;

/// <summary>A person removes the app, or asks for deletion, in the settings of Facebook: the callbacks that get a <c>signed_request</c>.</summary>
public sealed class SignedRequestSender
{
    private readonly EmulatorCore _core;

    internal SignedRequestSender(EmulatorCore core) => _core = core;

    /// <summary>A valid <c>signed_request</c> about a person.</summary>
    /// <param name="userId">The app-scoped id, see <see cref="EmulatedToken.UserId"/>.</param>
    /// <param name="issuedAt">Null: now, by the emulator's clock.</param>
    /// <param name="more">Further members, or others in place of the usual ones, for example <c>algorithm</c>.</param>
    /// <param name="secret">Another secret than the app's, for a forged one.</param>
    public string Make(string userId, DateTimeOffset? issuedAt = null, JsonObject? more = null, string? secret = null)
    {
        var payload = new JsonObject
        {
            ["user_id"] = userId,
            ["algorithm"] = "HMAC-SHA256",
            ["issued_at"] = (issuedAt ?? _core.Now).ToUnixTimeSeconds(),
        };
        foreach (var (name, node) in more ?? [])
            payload[name] = node?.DeepClone();
        var encoded = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload.ToJsonString()));
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? _core.AppSecret), Encoding.UTF8.GetBytes(encoded));
        return $"{Base64Url.EncodeToString(signature)}.{encoded}";
    }

    /// <summary>Posts any <c>signed_request</c> as a form.</summary>
    public Task<SignedRequestAnswer> PostAsync(Uri callback, string signedRequest, CancellationToken cancellationToken = default) =>
        _core.Post.SendFormAsync(callback, new Dictionary<string, string> { ["signed_request"] = signedRequest }, cancellationToken);

    /// <summary>A person removes the app: tokens that the person granted end (190, subcode 458), then the deauthorize callback is told.</summary>
    public Task<SignedRequestAnswer> DeauthorizeAsync(Uri callback, string userId, CancellationToken cancellationToken = default)
    {
        _core.World.Grants.Revoke(token => token.UserId == userId, subcode: 458);
        return PostAsync(callback, Make(userId), cancellationToken);
    }

    /// <summary>A person, who has removed the app, asks for deletion of data: the data deletion callback is told.</summary>
    public Task<SignedRequestAnswer> RequestDeletionAsync(Uri callback, string userId, CancellationToken cancellationToken = default) =>
        PostAsync(callback, Make(userId), cancellationToken);
}
