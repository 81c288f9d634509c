using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>fb_exchange_token</c>: a short-lived user token for a 60-day one. The old one lives on until its own end.</summary>
internal static class ExtendToken
{
    public static JsonObject Answer(GraphRequest request)
    {
        AppCredentials.Require(request);
        var token = request.World.Grants.FindToken(request.Require("fb_exchange_token"))
            ?? throw new GraphFailure(400, 190, "Invalid OAuth access token - Cannot parse access token");
        if (TokenGate.Refuse(request.Core, token) is var (message, subcode))
            throw new GraphFailure(400, 190, message, subcode);

        // A guess: nothing of Meta's says what happens without the flag, only that it is not meant for these tokens.
        if (token.Kind == EmulatedTokenKind.SystemUser && request.Parameters["set_token_expires_in_60_days"] != "true")
            throw new GraphFailure(400, 100, "(#100) A system user token is only renewed with set_token_expires_in_60_days=true.");

        return TokenAnswer.Of(request.World.Grants.IssueToken(token.Left(), request.Core.Options.ExtendedTokenLifetime), request.Core);
    }
}
