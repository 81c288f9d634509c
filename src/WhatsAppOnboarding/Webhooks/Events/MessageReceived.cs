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

    /// <summary>The contact of this message: the only one there is, else the one with the same number or id.</summary>
    private static JsonElement Contact(JsonElement value, string? from, string? userId)
    {
        var contacts = value.Child("contacts"u8);
        if (contacts.ValueKind is not JsonValueKind.Array)
            return default;
        if (contacts.GetArrayLength() == 1)
            return contacts[0];
        foreach (var contact in contacts.EnumerateArray())
        {
            if ((from is not null && contact.Text("wa_id"u8) == from) || (userId is not null && contact.Text("user_id"u8) == userId))
                return contact;
        }

        return default;
    }
}
