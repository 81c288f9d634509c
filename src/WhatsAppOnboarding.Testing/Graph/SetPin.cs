using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>POST {phone}</c>: sets or replaces the two-step PIN, which cannot be switched off here, as at Meta; or asks for another name.</summary>
internal static class SetPin
{
    public static JsonObject Answer(GraphRequest request)
    {
        var number = request.RequireOwnNumber();
        if (request.Parameters["webhook_configuration"] is not null)
            throw new GraphFailure(400, 100, "(#100) The emulator has no webhook overrides of numbers, only of WABAs.");
        if (request.Parameters["new_display_name"] is { } name)
            AskFor(number, name);
        else
            number.TwoStepPin = request.RequirePin();
        return new JsonObject { ["success"] = true };
    }

    private static void AskFor(EmulatedNumber number, string name)
    {
        if (name.Length is < 2 or > 75)
            throw new GraphFailure(400, 100, "(#100) Param new_display_name must be 2 to 75 characters long.");
        (number.NewDisplayName, number.NewNameStatus) = (name, "PENDING_REVIEW");
    }
}
