namespace WebHost.Chat;

/// <summary>One customer, or group, and one number of the account, with the newest message.</summary>
/// <param name="Number">The business's own number id.</param>
/// <param name="Contact">The key of the customer.</param>
/// <param name="ContactText">A telephone number, a username, or words.</param>
/// <param name="Name">The customer's own name, or null.</param>
/// <param name="Text">What was said last.</param>
/// <param name="Incoming">Whether the customer said it.</param>
/// <param name="At">When.</param>
/// <param name="LastId">The id of that message.</param>
/// <param name="CanReply">Whether the customer can be written to.</param>
public sealed record Conversation(
    string Number, string Contact, string ContactText, string? Name, string Text, bool Incoming, DateTimeOffset At, long LastId, bool CanReply);

/// <summary>A part of a conversation, oldest first.</summary>
public sealed record Thread(
    string Number, string Contact, string ContactText, string? Name, bool IsGroup, bool CanReply, IReadOnlyList<MessageView> Messages, bool HasEarlier);
