using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>How far a message of the business has come (field <c>messages</c>). Not in order: a late <c>sent</c> may follow <c>read</c>.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/status</remarks>
public sealed record MessageStatusChanged : EventContent
{
    /// <summary>Meta's id of the message, as the send answered it.</summary>
    public string? MessageId { get; init; }

    /// <summary><c>sent</c>, <c>delivered</c>, <c>read</c>, <c>played</c>, <c>failed</c>, or what Meta adds later.</summary>
    public string? Status { get; init; }

    /// <summary>The customer's telephone number, digits.</summary>
    public string? RecipientId { get; init; }

    /// <summary>The customer's id in the portfolio.</summary>
    public string? RecipientUserId { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What the sender gave along (<c>biz_opaque_callback_data</c>).</summary>
    public string? CallbackData { get; init; }

    /// <summary>Why it failed; else empty.</summary>
    public IReadOnlyList<MessageError> Errors { get; init; } = [];

    internal static MessageStatusChanged Read(JsonElement status) => new()
    {
        MessageId = status.Text("id"u8),
        Status = status.Text("status"u8),
        RecipientId = status.Text("recipient_id"u8),
        RecipientUserId = status.Text("recipient_user_id"u8),
        At = status.Time("timestamp"u8),
        CallbackData = status.Text("biz_opaque_callback_data"u8),
        Errors = MessageError.ReadAll(status),
    };
}
