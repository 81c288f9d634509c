using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Popup;

/// <summary>What the popup posts to its opener, in this order, before it closes. Text is a session message, an object the answer to <c>FB.login</c>.</summary>
internal static class EndingScript
{
    /// <summary>Only the emulator's own sdk.js heeds it.</summary>
    private const string AnswerType = "emulated-login";

    /// <summary>Meta's pages also post what is no JSON.</summary>
    private const string Noise = "emulated-popup=open&is_canvas=false";

    public static JsonObject Write(EmulatorCore core, SignupRequest request, PopupEnding ending, SignupOutcome outcome)
    {
        var delivery = ending.Delivery ?? core.Popup.Delivery;
        var code = ending.Grants && delivery != PopupDelivery.MessageOnly
            ? core.World.Grants.IssueCode(core.World.Grants.Grant(outcome.Wabas.Select(waba => waba.Id), null), redirectUri: null).Value
            : null;
        JsonNode? message = ending.Event is null ? null : Message(ending, outcome).ToJsonString();
        JsonNode answer = Answer(request.Channel, code);
        JsonNode?[] posts = delivery switch
        {
            _ when ending.Event is null => [],
            PopupDelivery.CallbackThenMessage => [Noise, answer, message],
            PopupDelivery.CallbackOnly => [Noise, answer],
            PopupDelivery.MessageOnly => [Noise, message],
            _ => [Noise, message, answer],
        };
        return new JsonObject { ["origin"] = request.Origin, ["code"] = code, ["posts"] = new JsonArray(posts) };
    }

    private static JsonObject Message(PopupEnding ending, SignupOutcome outcome) => new()
    {
        ["type"] = "WA_EMBEDDED_SIGNUP",
        ["event"] = ending.Event,
        ["version"] = 3,
        ["data"] = ending.Data(outcome),
    };

    private static JsonObject Answer(string channel, string? code) => new()
    {
        ["type"] = AnswerType,
        ["channel"] = channel,
        ["response"] = new JsonObject
        {
            ["authResponse"] = code is null ? null : new JsonObject { ["userID"] = null, ["expiresIn"] = null, ["code"] = code },
            ["status"] = code is null ? "unknown" : "connected",
        },
    };
}
