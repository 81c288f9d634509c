using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.Graph.Messages;

/// <summary><c>status: read</c>: marks a customer's message and all before it, and may show that the business is typing.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators</remarks>
internal static class MarkAsRead
{
    public static JsonObject Answer(GraphRequest request, EmulatedNumber number)
    {
        var root = new MessagePart(request.Parameters.Body, "");
        if (root.Text("status") != "read")
            throw new GraphFailure(400, 100, "(#100) Param status must be one of {read}");
        var messageId = root.Require("message_id");
        var typing = root.Find("typing_indicator");
        if (typing is not null && typing.Only("type").Require("type") != "text")
            throw new GraphFailure(400, 100, "(#100) Param typing_indicator['type'] must be one of {text}");

        var message = request.World.Talks.Find(number, messageId);
        if (message is null or { FromBusiness: true })
            throw new GraphFailure(400, 131009, "(#131009) Parameter value is not valid") { Details = "No customer's message to this number has this message_id." };
        request.World.Talks.MarkRead(message, request.Core.Now);
        if (typing is not null)
            message.TypingAt = request.Core.Now;
        return new JsonObject { ["success"] = true };
    }
}
