namespace WebHost.Chat;

/// <summary>A message as pages and streams show it.</summary>
/// <param name="Id">Rises in the order of the chat.</param>
/// <param name="Number">The business's own number id.</param>
/// <param name="Contact">The key of the customer.</param>
/// <param name="ContactText">A telephone number, a username, or words.</param>
/// <param name="Name">The customer's own name, or null.</param>
/// <param name="CanReply">Whether the customer can be written to.</param>
/// <param name="Author">In a group: which of its members wrote.</param>
/// <param name="Incoming">Whether the customer wrote it.</param>
/// <param name="IsLine">Whether nobody wrote it, so that it is no bubble.</param>
/// <param name="IsDeleted">Whether whoever wrote it took it back, and the text says so.</param>
/// <param name="IsEdited">Whether the text is not the first one.</param>
/// <param name="Text">Text, never markup.</param>
/// <param name="At">When.</param>
/// <param name="State">sending, accepted, phone, sent, delivered, read, failed or unknown; empty for incoming ones.</param>
/// <param name="StateText">The same in words.</param>
/// <param name="Problem">What went wrong and what to do, in words.</param>
public sealed record MessageView(
    long Id, string Number, string Contact, string ContactText, string? Name, bool CanReply, string? Author, bool Incoming, bool IsLine, bool IsDeleted, bool IsEdited,
    string Text, DateTimeOffset At, string State, string StateText, string? Problem)
{
    private const string NoAnswer = "Meta did not answer. The message may have been sent all the same, so ask before you send it again.";

    private const string NoReason = "Meta did not say why. Try again later.";

    /// <summary>What stands in the place of a message that was taken back.</summary>
    public const string Deleted = "This message was deleted.";

    public static MessageView Of(ChatMessage message, ChatContact contact, ChatDelivery? delivery)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(contact);
        var (state, text, problem) = message.Incoming ? ("", "", null) : Outgoing(message, delivery);
        return new MessageView(
            message.Id, message.PhoneNumberId, message.Contact, contact.Text, contact.Name, contact.CanReply, message.Author, message.Incoming, message.IsLine,
            message.IsDeleted, message is { EditedAt: not null, IsDeleted: false }, message.IsDeleted ? Deleted : message.Text, message.At, state, text, problem);
    }

    private static (string State, string Text, string? Problem) Outgoing(ChatMessage message, ChatDelivery? delivery) => delivery?.State switch
    {
        DeliveryState.Read => ("read", "Read", null),
        DeliveryState.Delivered => ("delivered", "Delivered", null),
        DeliveryState.Sent => ("sent", "Sent", null),
        DeliveryState.Failed => ("failed", "Not delivered", delivery.Problem ?? NoReason),
        _ => message.State switch
        {
            SendState.Accepted => ("accepted", "Accepted by Meta", null),
            SendState.Refused => ("failed", "Not sent", message.Problem ?? NoReason),
            SendState.Unknown => ("unknown", "Not known", NoAnswer),
            SendState.OnPhone => ("phone", "Sent on the phone", null),
            // The process ended between asking Meta and noting the answer.
            _ when message.At < DateTimeOffset.UtcNow.AddMinutes(-2) => ("unknown", "Not known", NoAnswer),
            _ => ("sending", "Sending", null),
        },
    };
}
