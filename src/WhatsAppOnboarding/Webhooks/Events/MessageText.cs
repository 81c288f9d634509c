using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

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
