using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.World;

namespace WhatsAppOnboarding.Testing.Graph;

/// <summary><c>POST {phone}/messages</c>. 200 means accepted; what became of it comes as <c>statuses</c> webhooks.</summary>
internal static class SendMessage
{
    private const int LongestText = 4096;

    public static JsonObject Answer(GraphRequest request)
    {
        var token = request.RequireToken();
        var number = request.RequireNumber(token);
        token.RequireScope("whatsapp_business_messaging", code: 10);
        if (request.Parameters["messaging_product"] != "whatsapp")
            throw new GraphFailure(400, 100, "(#100) The parameter messaging_product is required.");

        var to = request.Require("to");
        var type = request.Parameters["type"] ?? "text";
        var body = Body(request, type);
        if (number.Waba.IsDisabled)
            throw new GraphFailure(403, 131031, "(#131031) Business Account locked") { Details = "Business account has been locked." };
        if (!number.CanSend)
            throw new GraphFailure(400, 133010, "(#133010) The account is not registered") { Details = "Phone number is not registered on the WhatsApp Business Platform." };

        var customer = string.Concat(to.Where(char.IsAsciiDigit));
        var message = new EmulatedMessage(MetaIds.NewMessageId(), number.Id, FromBusiness: true, customer, null, type, body, request.Core.Now);
        request.World.Add(message);
        request.Core.Webhooks.ReportStatuses(number, message);
        return new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["contacts"] = new JsonArray(new JsonObject { ["input"] = to, ["wa_id"] = customer }),
            ["messages"] = new JsonArray(new JsonObject { ["id"] = message.Id }),
        };
    }

    private static string Body(GraphRequest request, string type)
    {
        var content = request.Parameters.Body[type] as JsonObject
            ?? throw new GraphFailure(400, 100, $"(#100) The parameter {type} is required.");
        if (type == "template")
            return Text(content["name"]) ?? throw new GraphFailure(400, 100, "(#100) The parameter template['name'] is required.");
        if (type != "text")
            throw new GraphFailure(400, 100, $"(#100) The emulator sends text and template messages, not {type}.");

        var body = Text(content["body"]);
        if (string.IsNullOrEmpty(body))
            throw new GraphFailure(400, 100, "(#100) The parameter text['body'] is required.");
        return body.Length <= LongestText ? body
            : throw new GraphFailure(400, 100, "(#100) Param text['body'] must be at most 4096 characters long.");
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
