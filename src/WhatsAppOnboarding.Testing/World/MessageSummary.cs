using System.Text.Json.Nodes;

namespace WhatsAppOnboarding.Testing.World;

/// <summary>What there is to read in a message of any type, sent or received; empty when there is nothing.</summary>
internal static class MessageSummary
{
    public static string Of(string type, JsonNode? content) => type switch
    {
        "contacts" => string.Join(", ", ((content as JsonArray) ?? []).Select(card => Text((card as JsonObject)?["name"], "formatted_name"))),
        "template" => Text(content, "name"),
        "reaction" => Text(content, "emoji"),
        "location" => Text(content, "name"),
        "button" => Text(content, "text"),
        "interactive" => Interactive(content as JsonObject),
        "text" or "system" => Text(content, "body"),
        "edit" => Text(content?["message"]?["text"], "body"),
        _ => Text(content, "caption") is { Length: > 0 } caption ? caption : Text(content, "filename"),
    };

    private static string Interactive(JsonObject? content) =>
        Text(content?["body"], "text") is { Length: > 0 } asked ? asked
        : Text(content?[Text(content, "type")], "title");

    private static string Text(JsonNode? node, string name) =>
        node is JsonObject found && found[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
