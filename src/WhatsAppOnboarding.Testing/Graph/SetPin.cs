using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>POST {phone}</c>: sets or replaces the two-step PIN. It cannot be switched off here, as at Meta.</summary>
internal static class SetPin
{
    public static JsonObject Answer(GraphRequest request)
    {
        var number = request.RequireOwnNumber();
        if (request.Parameters["webhook_configuration"] is not null)
            throw new GraphFailure(400, 100, "(#100) The emulator has no webhook overrides of numbers, only of WABAs.");
        number.TwoStepPin = request.RequirePin();
        return new JsonObject { ["success"] = true };
    }
}
