using System.Text.Json;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>What Meta says went wrong with a message.</summary>
/// <remarks>Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/errors</remarks>
/// <param name="Code">Meta's error code.</param>
/// <param name="Title">In a few words, for developers.</param>
/// <param name="Message">In a sentence, for developers.</param>
/// <param name="Details">More, for developers.</param>
public sealed record MessageError(int? Code, string? Title, string? Message, string? Details)
{
    internal static MessageError Read(JsonElement error) =>
        new(error.Number("code"u8), error.Text("title"u8), error.Text("message"u8), error.Child("error_data"u8).Text("details"u8));

    internal static IReadOnlyList<MessageError> ReadAll(JsonElement parent)
    {
        var errors = parent.Child("errors"u8);
        return errors.ValueKind is JsonValueKind.Array ? [.. errors.EnumerateArray().Select(Read)] : [];
    }
}

/// <summary>Meta could not handle something that concerns the number (field <c>messages</c>, <c>errors</c> of its value).</summary>
/// <param name="Error">What went wrong.</param>
public sealed record ErrorReported(MessageError Error) : EventContent;
