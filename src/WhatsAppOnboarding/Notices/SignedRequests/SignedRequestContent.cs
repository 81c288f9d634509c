using System.Text.Json;

namespace WhatsAppOnboarding;

/// <summary>What a signed request says. Text and logs get <c>[signed request]</c>.</summary>
/// <param name="UserId">The Facebook user, by an id that is valid for this app only.</param>
/// <param name="IssuedAt">When Meta made it (UTC).</param>
/// <param name="ExpiresAt">When it ends (UTC); null when it does not end.</param>
public sealed record SignedRequestContent(string UserId, DateTimeOffset IssuedAt, DateTimeOffset? ExpiresAt)
{
    private const int MaxUserId = 64;

    /// <summary>Always <c>[signed request]</c>.</summary>
    public override string ToString() => "[signed request]";

    /// <summary>The payload, or null when it is none.</summary>
    internal static SignedRequestContent? Read(ReadOnlyMemory<byte> json)
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
