using System.Text.Json;

namespace WebHost.Chat;

/// <summary>A customer's message as read from a webhook. Every field is somebody else's text.</summary>
public sealed record IncomingMessage(string WamId, string Contact, string? Name, string Text, DateTimeOffset At)
{
    private const int MaxName = 200;

    public static IEnumerable<IncomingMessage> ReadAll(JsonElement value)
    {
        if (!value.TryArray("messages", out var messages))
            yield break;

        foreach (var message in messages)
        {
            // The telephone number is missing for a customer who hides it; their id is there instead.
            var contact = message.Text("from") ?? message.Text("from_user_id");
            if (message.Text("id") is { } id && contact is { Length: > 0 and <= 200 })
                yield return new(id, contact, NameOf(value, contact), TextOf(message), TimeOf(message));
        }
    }

    private static string? NameOf(JsonElement value, string contact)
    {
        if (!value.TryArray("contacts", out var contacts))
            return null;

        foreach (var person in contacts)
        {
            if (person.Text("wa_id") != contact && person.Text("user_id") != contact)
                continue;
            var name = person.Child("profile").Text("name")?.Trim();
            return name is { Length: > MaxName } ? name[..MaxName] : name is "" ? null : name;
        }

        return null;
    }

    private static string TextOf(JsonElement message) => message.Text("type") switch
    {
        "text" => message.Child("text").Text("body") ?? "",
        "button" => message.Child("button").Text("text") ?? "Pressed a button",
        "interactive" => Choice(message.Child("interactive")) ?? "Made a choice",
        "reaction" => message.Child("reaction").Text("emoji") is { } emoji ? $"Reacted with {emoji}" : "Took back a reaction",
        "image" => Media("Photo", message.Child("image")),
        "video" => Media("Video", message.Child("video")),
        "document" => Media("Document", message.Child("document")),
        "audio" => "Voice message. Open WhatsApp to listen to it.",
        "sticker" => "Sticker",
        "location" => "Location. Open WhatsApp to see it.",
        "contacts" => "Contact card. Open WhatsApp to see it.",
        _ => "Something that can only be shown in WhatsApp.",
    };

    private static string? Choice(JsonElement interactive) =>
        interactive.Child("button_reply").Text("title") ?? interactive.Child("list_reply").Text("title");

    private static string Media(string kind, JsonElement media) =>
        media.Text("caption") is { Length: > 0 } caption ? $"{kind}: {caption}" : $"{kind}. Open WhatsApp to see it.";

    private static DateTimeOffset TimeOf(JsonElement message) =>
        long.TryParse(message.Text("timestamp"), out var seconds) && seconds is > 0 and < 253402300800
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.UtcNow;
}
