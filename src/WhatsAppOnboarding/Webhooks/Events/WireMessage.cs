using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>What messages of customers and of the business have in common, whatever their type.</summary>
internal static class WireMessage
{
    /// <summary>The part that is text.</summary>
    public static string? Text(JsonElement message, string? type) => type switch
    {
        "text" or null => message.Child("text"u8).Text("body"u8),
        "image" or "video" or "document" => File(message, type).Text("caption"u8),
        "button" => message.Child("button"u8).Text("text"u8),
        "reaction" => message.Child("reaction"u8).Text("emoji"u8),
        "interactive" => Reply(message).Text("title"u8) ?? message.Child("interactive"u8).Child("nfm_reply"u8).Text("body"u8),
        "system" => message.Child("system"u8).Text("body"u8),

        // It holds a whole message, of which an edit is none.
        "edit" when message.Child("edit"u8).Child("message"u8) is var edited && edited.Text("type"u8) is not "edit" => Text(edited, edited.Text("type"u8)),
        _ => null,
    };

    /// <summary>The earlier message that it changes.</summary>
    public static string? Target(JsonElement message, string? type) => type switch
    {
        "edit" => message.Child("edit"u8).Text("original_message_id"u8),
        "revoke" => message.Child("revoke"u8).Text("original_message_id"u8),
        "reaction" => message.Child("reaction"u8).Text("message_id"u8),
        _ => null,
    };

    /// <summary>What the business called the button or the choice.</summary>
    public static string? Choice(JsonElement message) => Reply(message).Text("id"u8) ?? message.Child("button"u8).Text("payload"u8);

    /// <summary>What its type says of a file.</summary>
    public static JsonElement File(JsonElement message, string? type) => type switch
    {
        "image" => message.Child("image"u8),
        "audio" => message.Child("audio"u8),
        "video" => message.Child("video"u8),
        "document" => message.Child("document"u8),
        "sticker" => message.Child("sticker"u8),
        _ => default,
    };

    private static JsonElement Reply(JsonElement message) => message.Child("interactive"u8) is var interactive
        && interactive.Child("button_reply"u8) is { ValueKind: JsonValueKind.Object } button ? button : interactive.Child("list_reply"u8);
}

/// <summary>A customer as Meta names them; what it leaves out or empty is null.</summary>
internal readonly record struct WirePerson(string? Number, string? UserId, string? ParentUserId)
{
    /// <summary>The contact who it is: by user id first, then by number; the only one there is, too, where nothing can be compared.</summary>
    public JsonElement ContactIn(JsonElement value)
    {
        JsonElement[] contacts = [.. value.Items("contacts"u8)];
        JsonElement byNumber = default;
        foreach (var contact in contacts)
        {
            var sameId = SameId(contact);
            if (sameId is true)
                return contact;
            if (sameId is null && byNumber.ValueKind is JsonValueKind.Undefined && SameNumber(contact) is true)
                byNumber = contact;
        }

        return byNumber.ValueKind is JsonValueKind.Undefined && contacts is [var only] && SameId(only) is null && SameNumber(only) is null ? only : byNumber;
    }

    /// <summary>Whether its user id is this one's; null when one of them has none.</summary>
    private bool? SameId(JsonElement contact) => Same(UserId, contact.Text("user_id"u8)) ?? Same(ParentUserId, contact.Text("parent_user_id"u8));

    private bool? SameNumber(JsonElement contact) => Same(Number, contact.Text("wa_id"u8));

    private static bool? Same(string? one, string? other) => one is null || other is null ? null : one == other;
}
