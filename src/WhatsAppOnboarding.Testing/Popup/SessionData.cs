using System.Globalization;
using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing.Popup;

/// <summary><c>data</c> of the session messages: no more than Meta documents for each event.</summary>
internal static class SessionData
{
    public static JsonObject None(SignupOutcome outcome) => [];

    public static JsonObject Waba(SignupOutcome outcome) => new() { ["waba_id"] = outcome.Waba?.Id };

    public static JsonObject Full(SignupOutcome outcome)
    {
        var data = new JsonObject();
        if (outcome.Number is { } number)
            data["phone_number_id"] = number.Id;
        data["waba_id"] = outcome.Waba?.Id;
        data["business_id"] = outcome.Waba?.Owner.Id;
        return data;
    }

    public static JsonObject Several(SignupOutcome outcome)
    {
        var data = Full(outcome);
        data["waba_ids"] = new JsonArray([.. outcome.Wabas.Select(waba => JsonValue.Create(waba.Id))]);
        return data;
    }

    public static JsonObject Strange(SignupOutcome outcome) => new()
    {
        ["accounts"] = new JsonArray([.. outcome.Wabas.Select(waba => new JsonObject { ["account"] = waba.Id })]),
    };

    public static JsonObject Report(SignupOutcome outcome) => new()
    {
        ["error_message"] = "Your verified name violates WhatsApp guidelines. Please edit your verified name and try again.",
        ["error_code"] = "524126",
        ["session_id"] = MetaIds.NewId(),
        ["timestamp"] = outcome.At.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
    };
}
