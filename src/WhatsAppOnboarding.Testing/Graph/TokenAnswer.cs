using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

internal static class TokenAnswer
{
    public static JsonObject Of(EmulatedToken token, DateTimeOffset now)
    {
        var answer = new JsonObject { ["access_token"] = token.Value, ["token_type"] = "bearer" };
        if (token.ExpiresAt is { } end)
            answer["expires_in"] = (long)(end - now).TotalSeconds;
        return answer;
    }
}
