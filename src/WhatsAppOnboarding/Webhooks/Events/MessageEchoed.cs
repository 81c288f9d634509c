using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>The business itself wrote in the WhatsApp Business app (field <c>smb_message_echoes</c>, coexistence): an outgoing message.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users</remarks>
public sealed record MessageEchoed : EventContent
{
    /// <summary>Meta's id of the message.</summary>
    public string? MessageId { get; init; }

    /// <summary>The customer's telephone number, digits.</summary>
    public string? To { get; init; }

    /// <summary>Meta's type, such as <c>text</c>.</summary>
    public string? Type { get; init; }

    /// <summary>What can be read as text, as for <see cref="MessageReceived.Text"/>.</summary>
    public string? Text { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset? SentAt { get; init; }

    internal static MessageEchoed Read(JsonElement echo)
    {
        var type = echo.Text("type"u8);
        return new MessageEchoed
        {
            MessageId = echo.Text("id"u8),
            To = echo.Text("to"u8),
            Type = type,
            Text = MessageText.Of(echo, type),
            SentAt = echo.Time("timestamp"u8),
        };
    }
}
