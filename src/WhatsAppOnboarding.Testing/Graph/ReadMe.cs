using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>GET me</c>: the person or system user of the token.</summary>
internal static class ReadMe
{
    public static JsonObject Answer(GraphRequest request)
    {
        var token = request.RequireToken(status: 400);
        var fields = request.Parameters["fields"];

        // Measured by one developer at Meta: a person's token gets 190 for this field although it is good.
        if (token.Kind == EmulatedTokenKind.User && fields?.Contains("client_business_id", StringComparison.Ordinal) == true)
            throw new GraphFailure(400, 190, "Invalid OAuth access token");

        var all = new JsonObject
        {
            ["id"] = token.Grant.UserId,
            ["name"] = token.Kind == EmulatedTokenKind.User ? "Emulated Person" : "Emulated System User",
            ["client_business_id"] = token.Grant.ClientBusinessId,
        };
        return FieldSelection.Select(all, fields, "id,name", "User");
    }
}
