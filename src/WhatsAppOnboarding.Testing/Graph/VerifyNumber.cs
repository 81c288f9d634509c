using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>POST {phone}/verify_code</c>: the last code that came to the phone, once.</summary>
internal static class VerifyNumber
{
    /// <summary>Meta says that codes end, not when.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static JsonObject Answer(GraphRequest request)
    {
        var number = request.RequireOwnNumber();
        var code = request.Require("code");
        if (code.Length != 6 || !code.All(char.IsAsciiDigit))
            throw new GraphFailure(400, 100, "(#100) Invalid verification code format");

        var isGood = number.VerificationCodes is [.., var last] && last.Code == code && request.Core.Now < last.At + Lifetime;
        if (number.CodeVerificationStatus == "VERIFIED" || !isGood)
            throw new GraphFailure(400, 136025, "(#136025) Verify code error") { Details = "The code is wrong or has expired." };
        number.CodeVerificationStatus = "VERIFIED";
        return new JsonObject { ["success"] = true, ["id"] = number.Id };
    }
}
