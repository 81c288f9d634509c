using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>POST {phone}/request_code</c>: a code comes to the phone.</summary>
internal static partial class RequestVerificationCode
{
    public static JsonObject Answer(GraphRequest request)
    {
        var number = request.RequireOwnNumber();
        var method = request.Require("code_method");
        if (method is not ("SMS" or "VOICE"))
            throw new GraphFailure(400, 100, "(#100) Param code_method must be one of {SMS, VOICE}");
        var language = request.Require("language");
        if (!Locale().IsMatch(language))
            throw new GraphFailure(400, 100, "(#100) Param language must be a valid locale");
        if (number.CodeVerificationStatus == "VERIFIED")
            throw new GraphFailure(400, 136024, "(#136024) Request code error") { Details = "The phone number is already verified." };

        var code = RandomNumberGenerator.GetString("0123456789", 6);
        number.Receive(new EmulatedVerificationCode { Code = code, Method = method, Language = language, At = request.Core.Now });
        return new JsonObject { ["success"] = true };
    }

    [GeneratedRegex("^[a-z]{2,3}(_[A-Z]{2})?$")]
    private static partial Regex Locale();
}
