using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>POST {phone}/register</c>. The PIN must be the number's own, or becomes it.</summary>
internal static class RegisterNumber
{
    private static readonly string[] Regions = ["AU", "ID", "IN", "JP", "SG", "KR", "DE", "CH", "GB", "BR", "BH", "ZA", "AE", "CA"];

    public static JsonObject Answer(GraphRequest request)
    {
        var number = request.RequireOwnNumber();
        var now = request.Core.Now;
        if (!number.Registering.Take(now))
            throw TooMany();
        request.RequireWhatsApp();
        var pin = request.RequirePin();
        if (request.Parameters["data_localization_region"] is { } region && !Regions.Contains(region))
            throw new GraphFailure(400, 100, "(#100) Param data_localization_region must be one of " + string.Join(", ", Regions));
        number.RefuseCoexistence();
        if (number.CodeVerificationStatus != "VERIFIED")
            throw new GraphFailure(400, 133006, "(#133006) Phone number re-verification needed") { Details = "Phone number needs to be verified before registering." };

        if (number.NameStatus is "DECLINED" or "NON_EXISTS")
            throw new GraphFailure(400, 100, "(#100) Invalid parameter", 2388001);

        Check(number, pin, now);
        (number.TwoStepPin, number.Status, number.PlatformType) = (pin, "CONNECTED", "CLOUD_API");
        if (number is { NewDisplayName: { } name, NewNameStatus: "APPROVED" })
            (number.VerifiedName, number.NameStatus, number.NewDisplayName, number.NewNameStatus) = (name, "APPROVED", null, "NONE");
        return new JsonObject { ["success"] = true };
    }

    public static GraphFailure TooMany() => new(400, 133016, "(#133016) Account register or deregister exceeded the rate limit")
    {
        Details = "The number of requests for this number was exceeded. Wait 72 hours.",
    };

    private static void Check(EmulatedNumber number, string pin, DateTimeOffset now)
    {
        if (number.PinGuesses.IsBlocked(now))
            throw new GraphFailure(400, 133008, "(#133008) Too many two step verification PIN guesses") { Details = "Wait 12 hours before you try again." };
        if (number.TwoStepPin is not null && number.TwoStepPin != pin)
        {
            number.PinGuesses.Wrong(now);
            throw new GraphFailure(400, 133005, "(#133005) Two step verification PIN Mismatch") { Details = "Two-step verification PIN incorrect." };
        }

        number.PinGuesses.Right();
    }
}
