using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>A customer wrote to the number (field <c>messages</c>).</summary>
/// <remarks>
/// A customer who uses a username may come without a telephone number: answer by <see cref="FromUserId"/> then.
/// Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
/// </remarks>
public sealed record MessageReceived : EventContent
{
    /// <summary>Meta's id of the message (<c>wamid…</c>); null if Meta gave none.</summary>
    public string? MessageId { get; init; }

    /// <summary>The customer's telephone number, digits with country code.</summary>
    public string? From { get; init; }

    /// <summary>The customer's id in the portfolio that the number belongs to, such as <c>US.1349…</c>.</summary>
    public string? FromUserId { get; init; }

    /// <summary>The name that the customer gave themselves.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The customer's username.</summary>
    public string? Username { get; init; }

    /// <summary>Meta's type, such as <c>text</c>, <c>image</c> or <c>unsupported</c>.</summary>
    public string? Type { get; init; }

    /// <summary>What can be read as text: of a text its body, of a picture its caption, of a button its title. Null for everything else.</summary>
    public string? Text { get; init; }

    /// <summary>The message that this one answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Why Meta could not pass it on; empty but for a message of type <c>unsupported</c>.</summary>
    public IReadOnlyList<MessageError> Errors { get; init; } = [];

    internal static MessageReceived Read(JsonElement value, JsonElement message)
    {
        var from = message.Text("from"u8);
        var userId = message.Text("from_user_id"u8);
        var contact = Contact(value, from, userId);
        var type = message.Text("type"u8);
        return new MessageReceived
        {
            MessageId = message.Text("id"u8),
            From = from,
            FromUserId = userId ?? contact.Text("user_id"u8),
            ProfileName = contact.Child("profile"u8).Text("name"u8),
            Username = contact.Child("profile"u8).Text("username"u8),
            Type = type,
            Text = MessageText.Of(message, type),
            ReplyTo = message.Child("context"u8).Text("id"u8),
            SentAt = message.Time("timestamp"u8),
            Errors = MessageError.ReadAll(message),
        };
    }

    /// <summary>The contact with the number or id of who wrote; the only one there is, too, where nothing can be compared.</summary>
    private static JsonElement Contact(JsonElement value, string? from, string? userId)
    {
        JsonElement[] contacts = [.. value.Items("contacts"u8)];
        foreach (var contact in contacts)
        {
            if (Same(contact, from, userId) is true)
                return contact;
        }

        return contacts is [var only] && Same(only, from, userId) is null ? only : default;
    }

    /// <summary>Whether it is who wrote; null when neither names what the other does.</summary>
    private static bool? Same(JsonElement contact, string? from, string? userId)
    {
        var (number, id) = (contact.Text("wa_id"u8), contact.Text("user_id"u8));
        var sameNumber = from is null || number is null ? (bool?)null : number == from;
        var sameId = userId is null || id is null ? (bool?)null : id == userId;
        return sameNumber is true || sameId is true ? true : sameNumber ?? sameId;
    }
}

/// <summary>The part of a message that is text, whatever its type.</summary>
internal static class MessageText
{
    public static string? Of(JsonElement message, string? type) => type switch
    {
        "text" or null => message.Child("text"u8).Text("body"u8),
        "image" => message.Child("image"u8).Text("caption"u8),
        "video" => message.Child("video"u8).Text("caption"u8),
        "document" => message.Child("document"u8).Text("caption"u8),
        "button" => message.Child("button"u8).Text("text"u8),
        "reaction" => message.Child("reaction"u8).Text("emoji"u8),
        "interactive" => message.Child("interactive"u8).Child("button_reply"u8).Text("title"u8)
            ?? message.Child("interactive"u8).Child("list_reply"u8).Text("title"u8),
        "system" => message.Child("system"u8).Text("body"u8),
        _ => null,
    };
}
