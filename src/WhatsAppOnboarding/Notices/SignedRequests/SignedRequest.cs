using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WhatsAppOnboarding.Notices;

/// <summary>Reads Meta's <c>signed_request</c>.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback</remarks>
internal static class SignedRequest
{
    /// <summary>The form field that carries it.</summary>
    public const string FieldName = "signed_request";

    /// <summary>By how much Meta's clock and this one may differ.</summary>
    public static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(5);

    // The decoder also takes padding and white space, which Meta's text never has.
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>
    /// What the text says, if one of these secrets signed it (HMAC-SHA256 over the payload's encoded text, compared in constant time) and its time is right.
    /// Nothing of a payload is looked at before its signature.
    /// </summary>
    /// <param name="text">The value of the field.</param>
    /// <param name="appSecrets">The app secret, and during a rotation the older one; empty ones sign nothing.</param>
    /// <param name="now">The time.</param>
    public static (SignedRequestFault Fault, SignedRequestContent? Content) Read(string? text, IEnumerable<string?> appSecrets, DateTimeOffset now)
    {
        if (text?.Split('.') is not [var signature, var payload] || Decode(signature) is not { } claimed || Decode(payload) is not { } json)
            return (SignedRequestFault.Malformed, null);
        if (!IsSigned(payload, claimed, appSecrets))
            return (SignedRequestFault.BadSignature, null);
        if (SignedRequestContent.Read(json) is not { } content)
            return (SignedRequestFault.Malformed, null);
        return content.ExpiresAt <= now || content.IssuedAt > now + ClockSlack ? (SignedRequestFault.Untimely, null) : (SignedRequestFault.None, content);
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

/// <summary>What a signed request says. Text and logs get <c>[signed request]</c>.</summary>
/// <param name="UserId">The Facebook user, by an id that is valid for this app only.</param>
/// <param name="IssuedAt">When Meta made it (UTC).</param>
/// <param name="ExpiresAt">When it ends (UTC); null when it does not end.</param>
internal sealed record SignedRequestContent(string UserId, DateTimeOffset IssuedAt, DateTimeOffset? ExpiresAt)
{
    private const int MaxUserId = 64;

    /// <summary>Always <c>[signed request]</c>.</summary>
    public override string ToString() => "[signed request]";

    /// <summary>The payload, or null when it is none.</summary>
    public static SignedRequestContent? Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var payload = document.RootElement;
            return payload.ValueKind is JsonValueKind.Object
                && TextOf(payload, "algorithm") == "HMAC-SHA256"
                && TextOf(payload, "user_id") is { Length: > 0 and <= MaxUserId } user
                && TimeOf(payload, "issued_at") is { } issuedAt
                && !IsOfLogin(payload)
                    ? new(user, issuedAt, TimeOf(payload, "expires"))
                    : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, not UTF-8, or a time that is none.
            return null;
        }
    }

    /// <summary>The same secret signs what Meta's JavaScript SDK gives a page at each login; only that carries a code.</summary>
    private static bool IsOfLogin(JsonElement payload) => payload.TryGetProperty("code", out _);

    private static string? TextOf(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    // Seconds since 1970; 0 means "none".
    private static DateTimeOffset? TimeOf(JsonElement payload, string name)
    {
        if (!payload.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
            return null;
        return value.TryGetInt64(out var seconds) && seconds is >= 0 and <= 253_402_300_799
            ? seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds)
            : throw new JsonException("Not a time.");
    }
}

/// <summary>Why a signed request counts for nothing.</summary>
internal enum SignedRequestFault
{
    /// <summary>It counts.</summary>
    None,

    /// <summary>It is not a signed request, names no user or no time of issue, is that of a login, or is of another algorithm than HMAC-SHA256.</summary>
    Malformed,

    /// <summary>None of the app's secrets signed it.</summary>
    BadSignature,

    /// <summary>It has ended, or says that it was issued in the future.</summary>
    Untimely,
}
