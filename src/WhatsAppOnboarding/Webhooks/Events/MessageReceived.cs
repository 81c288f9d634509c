using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>A customer wrote to the number (field <c>messages</c>), or changed, took back or reacted to an earlier message, or Meta says something of the customer.</summary>
/// <remarks>
/// A customer who uses a username may come without a telephone number: answer by <see cref="FromUserId"/> then. What was written in a group
/// (<see cref="GroupId"/>) was not written to the business alone. Where <see cref="WebhookEvent.Field"/> is <c>standby</c>, it is a copy of what another responder
/// handles: it must not be answered.
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

    /// <summary>The customer's id in the portfolios that are linked to that one, such as <c>US.ENT.1349…</c>.</summary>
    public string? FromParentUserId { get; init; }

    /// <summary>The group that it was written in; null when it was written to the business alone.</summary>
    public string? GroupId { get; init; }

    /// <summary>The name that the customer gave themselves.</summary>
    public string? ProfileName { get; init; }

    /// <summary>The customer's username.</summary>
    public string? Username { get; init; }

    /// <summary>A hash of the customer's identity, another one when they have a new phone; only where identity checks are on.</summary>
    public string? IdentityKeyHash { get; init; }

    /// <summary>
    /// Meta's type, such as <c>text</c>, <c>image</c> or <c>unsupported</c>. Nobody wrote anything where it is <c>system</c> or <c>request_welcome</c> (the
    /// customer has opened the chat).
    /// </summary>
    public string? Type { get; init; }

    /// <summary>
    /// What can be read as text: of a text its body, of a picture its caption, of a button or a list's choice its title, of an order what the customer wrote to it,
    /// of an answer to a request to call Meta's word for it, of an <c>edit</c> the new text. Null for everything else.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The message that this one answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The earlier message that this one changes: that is edited (<c>edit</c>), taken back (<c>revoke</c>) or reacted to (<c>reaction</c>).</summary>
    public string? TargetId { get; init; }

    /// <summary>The id or payload that the business gave to the button or list choice that was taken.</summary>
    public string? ChoiceId { get; init; }

    /// <summary>The answers given in a form (<c>nfm_reply</c>), as the JSON that Meta sends.</summary>
    public string? FormJson { get; init; }

    /// <summary>The type of what an <c>edit</c> puts in the place of the earlier message; null for everything else.</summary>
    public string? EditedType { get; init; }

    /// <summary>The id of the file, to download it by; of an <c>edit</c>, of the new one.</summary>
    public string? MediaId { get; init; }

    /// <summary>The type of the file, such as <c>image/jpeg</c>.</summary>
    public string? MimeType { get; init; }

    /// <summary>The name of a document.</summary>
    public string? FileName { get; init; }

    /// <summary>Of a sound: true when the customer recorded it, false when it is a file. Null when Meta does not say.</summary>
    public bool? IsVoice { get; init; }

    /// <summary>What Meta says of the customer, in a message of type <c>system</c>: such as <c>user_changed_number</c> or <c>user_changed_user_id</c>.</summary>
    public string? SystemType { get; init; }

    /// <summary>The customer's telephone number from now on, digits, where it has changed; <see cref="From"/> is the one before.</summary>
    public string? NewNumber { get; init; }

    /// <summary>The customer's id from now on, where it has changed.</summary>
    public string? NewUserId { get; init; }

    /// <summary>The customer's id before, where it has changed.</summary>
    public string? PreviousUserId { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Why Meta could not pass it on; empty but for a message of type <c>unsupported</c>.</summary>
    public IReadOnlyList<MessageError> Errors { get; init; } = [];

    internal static MessageReceived Read(WireContacts contacts, JsonElement message)
    {
        var who = new WirePerson(message.Text("from"u8), message.Text("from_user_id"u8), message.Text("from_parent_user_id"u8));
        var contact = contacts.Of(who);
        var (type, system) = (message.Text("type"u8), message.Child("system"u8));
        var number = who.Number ?? contact.Text("wa_id"u8);
        return new MessageReceived
        {
            MessageId = message.Text("id"u8),
            From = number,
            FromUserId = who.UserId ?? contact.Text("user_id"u8),
            FromParentUserId = who.ParentUserId ?? contact.Text("parent_user_id"u8),
            GroupId = message.Text("group_id"u8),
            ProfileName = contact.Child("profile"u8).Text("name"u8),
            Username = contact.Child("profile"u8).Text("username"u8),
            IdentityKeyHash = contact.Text("identity_key_hash"u8),
            Type = type,
            Text = WireMessage.Text(message, type),
            ReplyTo = message.Child("context"u8).Text("id"u8),
            TargetId = WireMessage.Target(message, type),
            ChoiceId = WireMessage.Choice(message),
            FormJson = WireMessage.Answers(message),
            EditedType = type is "edit" ? WireMessage.Edited(message).Text("type"u8) : null,
            MediaId = WireMessage.File(message, type).Text("id"u8),
            MimeType = WireMessage.File(message, type).Text("mime_type"u8),
            FileName = WireMessage.File(message, type).Text("filename"u8),
            IsVoice = message.Child("audio"u8).Flag("voice"u8),
            SystemType = system.Text("type"u8),
            NewNumber = (system.Text("wa_id"u8) ?? system.Text("new_wa_id"u8)) is { } now && now != number ? now : null,
            NewUserId = system.Text("user_id"u8),
            PreviousUserId = system.Text("previous_user_id"u8),
            SentAt = message.Time("timestamp"u8),
            Errors = MessageError.ReadAll(message),
        };
    }
}
