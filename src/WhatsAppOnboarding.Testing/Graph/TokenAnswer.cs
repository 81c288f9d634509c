using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

internal static class TokenAnswer
{
    public static JsonObject Of(EmulatedToken token, EmulatorCore core)
    {
        var answer = new JsonObject { ["access_token"] = token.Value, ["token_type"] = "bearer" };
        if (token.ExpiresAt is { } end && core.Options.SayExpiresIn)
            answer["expires_in"] = (long)(end - core.Now).TotalSeconds;
        return answer;
    }
}
