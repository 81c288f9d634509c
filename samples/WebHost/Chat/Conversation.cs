namespace WebHost.Chat;

/// <summary>One customer and one number of the account, with the newest message.</summary>
public sealed record Conversation(string Number, string Contact, string ContactText, string? Name, string Text, bool Incoming, DateTimeOffset At, long LastId);

/// <summary>A part of a conversation, oldest first.</summary>
public sealed record Thread(string Number, string Contact, string ContactText, string? Name, IReadOnlyList<MessageView> Messages, bool HasEarlier)
{
    /// <summary>Meta takes replies to telephone numbers; a customer who hides theirs can only be read here.</summary>
    public bool CanReply => ContactNumber.IsDigits(Contact);
}
