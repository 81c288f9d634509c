namespace WebHost.Chat;

/// <summary>A message as pages and streams show it.</summary>
/// <param name="Id">Rises in the order of the chat.</param>
/// <param name="Number">The business's own number id.</param>
/// <param name="Contact">The customer.</param>
/// <param name="Name">The customer's own name, or null.</param>
/// <param name="Incoming">Whether the customer wrote it.</param>
/// <param name="Text">Text, never markup.</param>
/// <param name="At">When.</param>
/// <param name="State">sending, accepted, sent, delivered, read, failed or unknown; empty for incoming ones.</param>
/// <param name="StateText">The same in words.</param>
/// <param name="Problem">What went wrong and what to do, in words.</param>
public sealed record MessageView(
    long Id, string Number, string Contact, string? Name, bool Incoming, string Text, DateTimeOffset At, string State, string StateText, string? Problem)
{
    private const string NoAnswer = "Meta did not answer. The message may have been sent all the same, so ask before you send it again.";

    private const string NoReason = "Meta did not say why. Try again later.";

    public static MessageView Of(ChatMessage message, ChatDelivery? delivery)
    {
        ArgumentNullException.ThrowIfNull(message);
        var (state, text, problem) = message.Incoming ? ("", "", null) : Outgoing(message, delivery);
        return new MessageView(
            message.Id, message.PhoneNumberId, message.Contact, message.ContactName, message.Incoming, message.Text, message.At, state, text, problem);
    }

    /// <summary>A telephone number with a plus, or words where the customer hides theirs.</summary>
    public static string ContactText(string contact)
    {
        ArgumentNullException.ThrowIfNull(contact);
        return ContactNumber.IsDigits(contact) ? "+" + contact : "Hidden number";
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
            // The process ended between asking Meta and noting the answer.
            _ when message.At < DateTimeOffset.UtcNow.AddMinutes(-2) => ("unknown", "Not known", NoAnswer),
            _ => ("sending", "Sending", null),
        },
    };
}
