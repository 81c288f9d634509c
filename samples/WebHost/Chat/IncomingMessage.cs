using WhatsAppOnboarding.Webhooks;

namespace WebHost.Chat;

/// <summary>A customer's message in the chat's own terms. Every field is somebody else's text.</summary>
public sealed record IncomingMessage(string WamId, string Contact, string? Name, string Text, DateTimeOffset At)
{
    private const int MaxName = 200;

    /// <summary>Null when it lacks what a chat needs: an id, and somebody who wrote it.</summary>
    public static IncomingMessage? Of(MessageReceived message)
    {
        ArgumentNullException.ThrowIfNull(message);

        // The telephone number is missing for a customer who hides it; their id is there instead.
        var contact = message.From ?? message.FromUserId;
        return message.MessageId is { Length: <= 300 } id && contact is { Length: > 0 and <= 200 }
            ? new(id, contact, NameOf(message), Storable(TextOf(message)), message.SentAt ?? DateTimeOffset.UtcNow)
            : null;
    }

    private static string? NameOf(MessageReceived message)
    {
        var name = Storable(message.ProfileName?.Trim() ?? "");
        return name is { Length: > MaxName } ? Cut(name) : name is "" ? null : name;
    }

    // Nor half a character, which PostgreSQL refuses.
    private static string Cut(string name) => name[..(char.IsHighSurrogate(name[MaxName - 1]) ? MaxName - 1 : MaxName)];

    private static string TextOf(MessageReceived message) => message.Type switch
    {
        "text" or "button" or "interactive" => message.Text ?? "Made a choice",
        "reaction" => message.Text is { Length: > 0 } emoji ? $"Reacted with {emoji}" : "Took back a reaction",
        "image" => Media("Photo", message.Text),
        "video" => Media("Video", message.Text),
        "document" => Media("Document", message.Text),
        "audio" => "Voice message. Open WhatsApp to listen to it.",
        "sticker" => "Sticker",
        "location" => "Location. Open WhatsApp to see it.",
        "contacts" => "Contact card. Open WhatsApp to see it.",
        _ => "Something that can only be shown in WhatsApp.",
    };

    private static string Media(string kind, string? caption) => caption is { Length: > 0 } ? $"{kind}: {caption}" : $"{kind}. Open WhatsApp to see it.";

    // PostgreSQL refuses this one character.
    private static string Storable(string text) => text.Replace("\0", "", StringComparison.Ordinal);
}
