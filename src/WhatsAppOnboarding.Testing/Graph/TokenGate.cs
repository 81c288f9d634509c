using System.Security.Cryptography;
using System.Text;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary>Who calls, and what that opens. Statuses: Meta's WhatsApp list has 401 for 190 and 403 for 10 and 200; its OAuth endpoints answer 400.</summary>
internal static class TokenGate
{
    /// <summary>The caller's token, live and with its proof.</summary>
    public static EmulatedToken RequireToken(this GraphRequest request, int status = 401)
    {
        var value = request.AccessToken;
        if (string.IsNullOrEmpty(value))
            throw new GraphFailure(status, 190, "An access token is required to request this resource.");

        var token = request.World.Grants.FindToken(value);
        if (token is null)
            throw new GraphFailure(status, 190, "Invalid OAuth access token - Cannot parse access token");
        if (Refuse(request.Core, token) is var (message, subcode))
            throw new GraphFailure(status, 190, message, subcode);
        if (token.DataAccessEndsAt <= request.Core.Now)
            throw new GraphFailure(status, 190, "Error validating access token: The app's access to the data of this person has expired.");
        RequireProof(request, value);
        return token;
    }

    /// <summary>Why a token is worthless, or null.</summary>
    public static (string Message, int Subcode)? Refuse(EmulatorCore core, EmulatedToken token) =>
        token.RevokedSubcode is { } revoked ? ("Error validating access token: " + Reason(revoked), revoked)
        : token.ExpiresAt <= core.Now ? ("Error validating access token: Session has expired.", 463)
        : null;

    private static string Reason(int subcode) => subcode switch
    {
        459 => "The user has been checkpointed and must log in at www.facebook.com.",
        460 => "The session has been invalidated because the user changed their password.",
        464 => "Sessions for the user are not allowed because the user is not a confirmed user.",
        _ => "The user has not authorized the application or revoked it.",
    };

    public static bool IsAppToken(this GraphRequest request) =>
        request.AccessToken is { } token && Same(token, $"{request.Core.AppId}|{request.Core.AppSecret}");

    /// <summary>The WABA in the path, if the token opens it.</summary>
    public static EmulatedWaba RequireWaba(this GraphRequest request, EmulatedToken token) =>
        request.World.FindWaba(request.NodeId) is { } waba && token.Opens(waba) ? waba : throw Missing(request);

    /// <summary>The business phone number in the path, if the token opens its WABA.</summary>
    public static EmulatedNumber RequireNumber(this GraphRequest request, EmulatedToken token) =>
        request.World.FindNumber(request.NodeId) is { } number && token.Opens(number.Waba) ? number : throw Missing(request);

    /// <summary>The portfolio in the path, if the token reaches it.</summary>
    public static EmulatedBusiness RequireBusiness(this GraphRequest request, EmulatedToken token) =>
        request.World.FindBusiness(request.NodeId) is { } business && token.Grant.BusinessIds.Contains(business.Id) ? business : throw Missing(request);

    public static void RequireScope(this EmulatedToken token, string scope, int code = 200)
    {
        if (token.Scopes.Contains(scope))
            return;
        throw code == 10
            ? new GraphFailure(403, 10, "(#10) Application does not have permission for this action")
            : new GraphFailure(403, code, $"(#{code}) You do not have the necessary permissions required for this action: {scope}.");
    }

    public static GraphFailure Missing(GraphRequest request) => new(
        400,
        100,
        $"Unsupported request. Object with ID '{request.NodeId}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.",
        subcode: 33,
        type: "GraphMethodException");

    public static bool Same(string left, string right) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(left), Encoding.UTF8.GetBytes(right));

    private static void RequireProof(GraphRequest request, string token)
    {
        var proof = request.Parameters["appsecret_proof"];
        if (string.IsNullOrEmpty(proof))
        {
            if (!request.Core.Options.RequireAppSecretProof)
                return;
            throw new GraphFailure(400, 100, "API calls from the server require an appsecret_proof argument", type: "GraphMethodException");
        }

        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(request.Core.AppSecret), Encoding.UTF8.GetBytes(token)));
        if (!Same(proof, expected))
            throw new GraphFailure(400, 100, "Invalid appsecret_proof provided in the API argument", type: "GraphMethodException");
    }
}
