using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>GET debug_token</c>, asked with the app's token or one of its users'.</summary>
internal static class DebugToken
{
    public static JsonObject Answer(GraphRequest request)
    {
        if (!request.IsAppToken())
            request.RequireToken(status: 400);

        var input = request.Require("input_token");
        if (TokenGate.Same(input, $"{request.Core.AppId}|{request.Core.AppSecret}"))
            return Data(new JsonObject { ["app_id"] = request.Core.AppId, ["type"] = "APP", ["application"] = request.Core.Options.AppName, ["is_valid"] = true, ["scopes"] = new JsonArray() });

        var token = request.World.Grants.FindToken(input);
        if (token is null)
            return Invalid("The access token could not be decrypted", null);
        return TokenGate.Refuse(request.Core, token) is var (message, subcode)
            ? Invalid(message, subcode)
            : Data(Describe(request, token));
    }

    private static JsonObject Describe(GraphRequest request, EmulatedToken token) => new()
    {
        ["app_id"] = request.Core.AppId,
        ["type"] = token.Kind == EmulatedTokenKind.SystemUser ? "SYSTEM_USER" : "USER",
        ["application"] = request.Core.Options.AppName,
        ["data_access_expires_at"] = token.DataAccessEndsAt?.ToUnixTimeSeconds() ?? 0,
        ["expires_at"] = token.ExpiresAt?.ToUnixTimeSeconds() ?? 0,
        ["issued_at"] = token.IssuedAt.ToUnixTimeSeconds(),
        ["is_valid"] = true,
        ["scopes"] = new JsonArray([.. token.Scopes.Select(scope => JsonValue.Create(scope))]),
        ["granular_scopes"] = new JsonArray([.. token.Scopes.Where(IsGranular).Select(scope => Granular(request, token, scope))]),
        ["user_id"] = token.Grant.UserId,
    };

    private static bool IsGranular(string scope) =>
        scope.StartsWith("whatsapp_business_", StringComparison.Ordinal) || scope == "business_management";

    private static JsonObject Granular(GraphRequest request, EmulatedToken token, string scope)
    {
        var granular = new JsonObject { ["scope"] = scope };
        if (!request.Core.Options.NameTargets)
            return granular;
        var targets = scope == "business_management" ? token.Grant.BusinessIds : token.Grant.WabaIds.Where(token.WabaIds.Contains);
        granular["target_ids"] = new JsonArray([.. targets.Select(id => JsonValue.Create(id))]);
        return granular;
    }

    private static JsonObject Invalid(string message, int? subcode)
    {
        var error = new JsonObject { ["code"] = 190, ["message"] = message };
        if (subcode is not null)
            error["subcode"] = subcode;
        return Data(new JsonObject { ["error"] = error, ["is_valid"] = false, ["scopes"] = new JsonArray() });
    }

    private static JsonObject Data(JsonObject data) => new() { ["data"] = data };
}
