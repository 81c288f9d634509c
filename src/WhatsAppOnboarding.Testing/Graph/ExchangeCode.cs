using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>GET oauth/access_token</c>: a code for a token, once.</summary>
internal static class ExchangeCode
{
    public static JsonObject Answer(GraphRequest request)
    {
        AppCredentials.Require(request);
        var code = request.World.Grants.FindCode(request.Require("code"))
            ?? throw Invalid(36008, "Invalid verification code format.");
        if (code.IsUsed)
            throw Invalid(36009, "This authorization code has been used.");
        if (code.ExpiresAt <= request.Core.Now)
            throw Invalid(36007, "This authorization code has expired.");
        if ((request.Parameters["redirect_uri"] ?? "") != (code.RedirectUri ?? ""))
        {
            throw Invalid(36008, "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request");
        }

        code.IsUsed = true;
        return TokenAnswer.Of(request.World.Grants.IssueToken(code.Grant), request.Core);
    }

    private static GraphFailure Invalid(int subcode, string message) => new(400, 100, message, subcode) { Challenge = "invalid_code" };
}
