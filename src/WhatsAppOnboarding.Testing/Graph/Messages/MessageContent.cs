using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Faults;

namespace WhatsAppOnboarding.Testing.Graph.Messages;

/// <summary>What a message says, once it was found to be right.</summary>
/// <param name="Type">Meta's type.</param>
/// <param name="Json">What the type holds.</param>
internal sealed record MessageContent(string Type, JsonNode Json)
{
    private const int LongestText = 4096;
    private static readonly TimeSpan ReactionLimit = TimeSpan.FromDays(30);
    private static readonly string[] Types = ["audio", "contacts", "document", "image", "interactive", "location", "reaction", "sticker", "template", "text", "video"];

    /// <summary>The message that it answers, or null.</summary>
    public string? ReplyTo { get; private init; }

    /// <summary>What it fails with after it was accepted, or null.</summary>
    public MetaRefusal? Failure { get; private init; }

    public static MessageContent Read(GraphRequest request, EmulatedNumber number, Recipient recipient)
    {
        var root = new MessagePart(request.Parameters.Body, "");
        var type = root.Text("type") ?? "text";
        if (!Types.Contains(type))
            throw new GraphFailure(400, 100, $"(#100) Param type must be one of {{{string.Join(", ", Types).ToUpperInvariant()}}}. The emulator sends no others.");

        var failure = type switch
        {
            "text" => Text(root.Object(type)),
            "template" => TemplateContent.Check(root.Object(type), number, recipient, request.Core.Now),
            "reaction" => Reaction(root.Object(type), request, number),
            "location" => Location(root.Object(type)),
            "contacts" => ContactsContent.Check(root),
            "interactive" => InteractiveContent.Check(root.Object(type), number, request.Core.Now),
            _ => MediaContent.Check(root.Object(type), type, number, request.Core.Now),
        };
        return new MessageContent(type, root.Json[type]!.DeepClone()) { ReplyTo = root.Find("context")?.Require("message_id"), Failure = failure };
    }

    private static MetaRefusal? Text(MessagePart text)
    {
        var body = text.Only("body", "preview_url").Require("body");
        if (text.Json["preview_url"] is { } preview && preview.GetValueKind() is not (System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False))
            throw new GraphFailure(400, 100, "(#100) Param text['preview_url'] must be a boolean.");
        return body.Length <= LongestText ? null
            : throw new GraphFailure(400, 100, "(#100) Param text['body'] must be at most 4096 characters long.");
    }

    /// <summary>An empty emoji takes the reaction back. One to a message that is not in the conversation, or older than 30 days, is accepted and fails.</summary>
    /// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/reaction-messages</remarks>
    private static MetaRefusal? Reaction(MessagePart reaction, GraphRequest request, EmulatedNumber number)
    {
        var messageId = reaction.Only("message_id", "emoji").Require("message_id");
        if (reaction.Text("emoji") is null)
            throw reaction.Missing("emoji");
        return request.World.Talks.Find(number, messageId) is { Type: not "reaction" } message && request.Core.Now <= message.At + ReactionLimit
            ? null
            : MetaRefusal.Of(131009);
    }

    private static MetaRefusal? Location(MessagePart location)
    {
        location.Only("latitude", "longitude", "name", "address");
        if (Math.Abs(location.Number("latitude")) > 90 || Math.Abs(location.Number("longitude")) > 180)
            throw new GraphFailure(400, 131009, "(#131009) Parameter value is not valid") { Details = "Latitude must be from -90 to 90, longitude from -180 to 180." };
        location.Text("name");
        location.Text("address");
        return null;
    }
}
