namespace WebHost.Chat;

/// <summary>One customer, or group, and one number of the account, with the newest message.</summary>
public sealed record Conversation
{
    /// <summary>The business's own number id.</summary>
    public required string Number { get; init; }

    /// <summary>The key of the customer.</summary>
    public required string Contact { get; init; }

    /// <summary>A telephone number, a username, or words.</summary>
    public required string ContactText { get; init; }

    /// <summary>The customer's own name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>What was said last, in one line; of a search, what was found.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the business said it.</summary>
    public required bool IsOwn { get; init; }

    /// <summary>Whether it did not arrive.</summary>
    public required bool IsFailed { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The id of that message.</summary>
    public required long LastId { get; init; }

    /// <summary>The place of that message.</summary>
    public required long Place { get; init; }

    /// <summary>How many messages of the customer nobody has read.</summary>
    public required int Unread { get; init; }

    /// <summary>Whether the customer can be written to.</summary>
    public required bool CanReply { get; init; }

    /// <summary>Until when they can be answered freely; null when they never wrote.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>A part of the list, newest first.</summary>
/// <param name="Items">The conversations.</param>
/// <param name="Next">What the next part is asked for with; null at the end.</param>
/// <param name="Unread">In how many conversations there is something to read.</param>
public sealed record ConversationPage(IReadOnlyList<Conversation> Items, string? Next, int Unread);

/// <summary>A part of a conversation, oldest first.</summary>
public sealed record Thread
{
    public required string Number { get; init; }

    public required string Contact { get; init; }

    public required string ContactText { get; init; }

    public string? Name { get; init; }

    public required bool IsGroup { get; init; }

    public required bool CanReply { get; init; }

    /// <summary>Until when the customer can be answered freely; null when they never wrote.</summary>
    public DateTimeOffset? Until { get; init; }

    public required IReadOnlyList<MessageView> Messages { get; init; }

    public required bool HasEarlier { get; init; }
}
