using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// The business itself wrote in the WhatsApp Business app, or changed or took back what it wrote there (field <c>smb_message_echoes</c>, coexistence): an
/// outgoing message. Under the field <c>standby</c>: what another responder of the business wrote.
/// </summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users</remarks>
public sealed record MessageEchoed : EventContent
{
    /// <summary>Meta's id of the message.</summary>
    public string? MessageId { get; init; }

    /// <summary>The customer's telephone number, digits.</summary>
    public string? To { get; init; }

    /// <summary>The customer's id in the portfolio that the number belongs to.</summary>
    public string? ToUserId { get; init; }

    /// <summary>The customer's id in the portfolios that are linked to that one.</summary>
    public string? ToParentUserId { get; init; }

    /// <summary>The group that it was written in; null when it was written to one customer.</summary>
    public string? GroupId { get; init; }

    /// <summary>Meta's type, such as <c>text</c>.</summary>
    public string? Type { get; init; }

    /// <summary>What can be read as text, as for <see cref="MessageReceived.Text"/>.</summary>
    public string? Text { get; init; }

    /// <summary>The message that this one answers.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The earlier message that this one changes, as for <see cref="MessageReceived.TargetId"/>.</summary>
    public string? TargetId { get; init; }

    /// <summary>The type of what an <c>edit</c> puts in the place of the earlier message; null for everything else.</summary>
    public string? EditedType { get; init; }

    /// <summary>The id of the file, to download it by; of an <c>edit</c>, of the new one.</summary>
    public string? MediaId { get; init; }

    /// <summary>The type of the file, such as <c>image/jpeg</c>.</summary>
    public string? MimeType { get; init; }

    /// <summary>The name of a document.</summary>
    public string? FileName { get; init; }

    /// <summary>Of a sound: true when it was recorded, false when it is a file. Null when Meta does not say.</summary>
    public bool? IsVoice { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset? SentAt { get; init; }

    internal static MessageEchoed Read(WireContacts contacts, JsonElement echo)
    {
        var isGroup = echo.Text("recipient_type"u8) is "group";
        var who = new WirePerson(isGroup ? null : echo.Text("to"u8), echo.Text("to_user_id"u8), echo.Text("to_parent_user_id"u8));
        var contact = contacts.Of(who);

        // Of another responder Meta keeps the request in which it was sent.
        var sent = echo.Child("message"u8) is { ValueKind: JsonValueKind.Object } request ? request : echo;
        var type = sent.Text("type"u8);
        return new MessageEchoed
        {
            MessageId = echo.Text("id"u8),
            To = who.Number ?? contact.Text("wa_id"u8),
            ToUserId = who.UserId ?? contact.Text("user_id"u8),
            ToParentUserId = who.ParentUserId ?? contact.Text("parent_user_id"u8),
            GroupId = echo.Text("group_id"u8) ?? (isGroup ? echo.Text("to"u8) : null),
            Type = type,
            Text = WireMessage.Text(sent, type),
            ReplyTo = sent.Child("context"u8).Text("id"u8),
            TargetId = WireMessage.Target(sent, type),
            EditedType = type is "edit" ? WireMessage.Edited(sent).Text("type"u8) : null,
            MediaId = WireMessage.File(sent, type).Text("id"u8),
            MimeType = WireMessage.File(sent, type).Text("mime_type"u8),
            FileName = WireMessage.File(sent, type).Text("filename"u8),
            IsVoice = sent.Child("audio"u8).Flag("voice"u8),
            SentAt = echo.Time("timestamp"u8),
        };
    }
}

/// <summary>Contacts of the WhatsApp Business app changed (field <c>smb_app_state_sync</c>, coexistence).</summary>
public sealed record AppContactsChanged : EventContent
{
    /// <summary>The contacts that changed.</summary>
    public IReadOnlyList<AppContact> Contacts { get; init; } = [];

    internal static AppContactsChanged Read(JsonElement value) => new() { Contacts = [.. value.Items("state_sync"u8).Select(AppContact.Read)] };
}

/// <summary>A contact of the WhatsApp Business app.</summary>
public sealed record AppContact
{
    /// <summary><c>add</c> or <c>remove</c>; a change is an <c>add</c>.</summary>
    public string? Action { get; init; }

    /// <summary>The contact's telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>The full name.</summary>
    public string? FullName { get; init; }

    /// <summary>The first name.</summary>
    public string? FirstName { get; init; }

    /// <summary>When it changed.</summary>
    public DateTimeOffset? At { get; init; }

    internal static AppContact Read(JsonElement item) => new()
    {
        Action = item.Text("action"u8),
        Phone = item.Child("contact"u8).Text("phone_number"u8),
        FullName = item.Child("contact"u8).Text("full_name"u8),
        FirstName = item.Child("contact"u8).Text("first_name"u8),
        At = item.Child("metadata"u8).Time("timestamp"u8),
    };
}

/// <summary>
/// A part of the messages that the WhatsApp Business app had (field <c>history</c>, coexistence): thousands may come at once, all of them in the
/// event's raw JSON. Store it first and work on it later.
/// </summary>
public sealed record HistoryReceived : EventContent
{
    /// <summary>The parts.</summary>
    public IReadOnlyList<HistoryChunk> Chunks { get; init; } = [];

    /// <summary>Why there is none, such as 2593109: the customer did not share it.</summary>
    public IReadOnlyList<MessageError> Errors { get; init; } = [];

    internal static HistoryReceived Read(JsonElement value) => new()
    {
        Chunks = [.. value.Items("history"u8).Where(item => item.Child("metadata"u8).ValueKind is JsonValueKind.Object).Select(HistoryChunk.Read)],
        Errors = [.. value.Items("history"u8).SelectMany(MessageError.ReadAll)],
    };
}

/// <summary>One part of a history.</summary>
public sealed record HistoryChunk
{
    /// <summary>0: the last day; 1: up to 90 days; 2: up to 180 days.</summary>
    public int? Phase { get; init; }

    /// <summary>The part's place in its phase.</summary>
    public int? Order { get; init; }

    /// <summary>How much has come, in percent.</summary>
    public int? Progress { get; init; }

    internal static HistoryChunk Read(JsonElement item) => new()
    {
        Phase = item.Child("metadata"u8).Number("phase"u8),
        Order = item.Child("metadata"u8).Number("chunk_order"u8),
        Progress = item.Child("metadata"u8).Number("progress"u8),
    };
}
