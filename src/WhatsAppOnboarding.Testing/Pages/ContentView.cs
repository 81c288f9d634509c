using System.Text.Json.Nodes;
using WhatsAppOnboarding.Testing.Graph;
using WhatsAppOnboarding.Testing.Graph.Messages;

namespace WhatsAppOnboarding.Testing.Pages;

/// <summary>What a message holds, as the customer's phone shows it.</summary>
internal static class ContentView
{
    public const string MediaPath = "/media/";

    public static Markup Render(EmulatedNumber number, TalkEntry entry) => entry.IsDeleted
        ? (Markup)$"""<p class="gone">This message was deleted.</p>"""
        : entry.Message.Type switch
        {
            "image" or "sticker" or "video" or "audio" or "document" => Media(number, entry.Message),
            "location" => Place(entry.Message.Content),
            "contacts" => $"""{(entry.Message.Content as JsonArray ?? []).Select(Card)}""",
            "template" => Template(number, entry.Message),
            "interactive" when entry.Message.FromBusiness => Interactive(entry.Message.Content),
            _ => Body(entry.Line),
        };

    public static EmulatedTemplate? TemplateOf(EmulatedNumber number, EmulatedMessage message) => message.Type != "template" ? null
        : number.Waba.Templates.FirstOrDefault(known => known.Name == message.Body && known.Language == (string?)message.Content?["language"]?["code"]);

    private static Markup Body(string text) => $"""<p class="body" dir="auto">{text}</p>""";

    private static Markup? Part(JsonNode? node, string style = "body") => node is null ? null : (Markup)$"""<p class="{style}" dir="auto">{node.ToString()}</p>""";

    private static Markup Media(EmulatedNumber number, EmulatedMessage message)
    {
        var file = number.Media.FirstOrDefault(media => media.Id == (string?)message.Content?["id"]);
        var name = (string?)message.Content?["filename"] ?? file?.FileName ?? "Document";
        Markup shown = (file, message.Type) switch
        {
            (null, _) => $"""<p class="gone">({message.Type}{(message.Content?["link"] is { } link ? $" at {link}" : ", no longer here")})</p>""",
            (_, "image" or "sticker") => $"""<img src="{MediaPath}{file.Id}" alt="{(message.Type == "image" ? "Photo" : "Sticker")}">""",
            (_, "video") => $"""<video src="{MediaPath}{file.Id}" controls preload="none" aria-label="Video"></video>""",
            (_, "audio") => $"""<audio src="{MediaPath}{file.Id}" controls preload="none" aria-label="Voice message"></audio>""",
            _ => $"""<p><a href="{MediaPath}{file.Id}" download="{name}">{name}</a></p>""",
        };
        return $"""{shown}{Part(message.Content?["caption"])}""";
    }

    private static Markup Place(JsonNode? place) => $"""
        <p class="body"><strong>{(string?)place?["name"] ?? "A place"}</strong> {(string?)place?["address"]}</p>
        <p class="small">{place?["latitude"]?.ToString()}, {place?["longitude"]?.ToString()}</p>
        """;

    private static Markup Card(JsonNode? card) => $"""
        <p class="body"><strong>{(string?)card?["name"]?["formatted_name"]}</strong> {string.Join(", ", (card?["phones"] as JsonArray ?? []).Select(phone => (string?)phone?["phone"]))}</p>
        """;

    private static Markup Interactive(JsonNode? content) => $"""
        {Part(content?["header"]?["text"], "head")}{Part(content?["body"]?["text"])}{Part(content?["footer"]?["text"], "small")}
        """;

    private static Markup Template(EmulatedNumber number, EmulatedMessage message)
    {
        if (TemplateOf(number, message) is not { } template)
            return Body($"({message.Body})");
        var header = template.HeaderText is { } text ? Fill("header", template, text, message) : template.HeaderMedia is { } media ? $"({media.ToLowerInvariant()})" : null;
        return $"""{Part(header, "head")}{Body(Fill("body", template, template.Body, message))}{Part(template.Footer, "small")}""";
    }

    /// <summary>The text with what the message gave for its placeholders; without, where the template is another one by now.</summary>
    private static string Fill(string where, EmulatedTemplate template, string text, EmulatedMessage message)
    {
        try
        {
            var components = new MessagePart((JsonObject)message.Content!, "template").List("components");
            var component = components.FirstOrDefault(one => where.Equals(one.Text("type"), StringComparison.OrdinalIgnoreCase));
            return EmulatedTemplate.Fill(text, TemplateParameters.Fill(where, template, text, component));
        }
        catch (GraphFailure)
        {
            return text;
        }
    }
}
