namespace WebHost.Chat;

/// <summary>One message between a customer and one number of an account. Its text is text, whoever wrote it.</summary>
public sealed class ChatMessage
{
    public const int MaxText = 4096;

    /// <summary>Rises in the order of arrival, which is the order of the chat.</summary>
    public long Id { get; init; }

    public required string AccountId { get; init; }

    public required string PhoneNumberId { get; init; }

    /// <summary>The key of the <see cref="ChatContact"/>.</summary>
    public required string Contact { get; set; }

    /// <summary>In a group: which of its members wrote.</summary>
    public string? Author { get; init; }

    public required bool Incoming { get; init; }

    /// <summary>A line between the messages, which nobody wrote.</summary>
    public bool IsLine { get; init; }

    /// <summary>Empty when it was deleted.</summary>
    public required string Text { get; set; }

    /// <summary>When it was changed or deleted last, by Meta's clock.</summary>
    public DateTimeOffset? EditedAt { get; set; }

    public bool IsDeleted { get; set; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Meta's id. Unique on a number of an account, so that a delivery that comes twice is stored once.</summary>
    public string? WamId { get; set; }

    /// <summary>Chosen by the page that sends, so that a form that is posted twice sends once.</summary>
    public Guid? SendKey { get; init; }

    /// <summary>What came of handing an outgoing message to Meta.</summary>
    public SendState State { get; set; }

    /// <summary>Why it was not sent, in words.</summary>
    public string? Problem { get; set; }
}

public enum SendState
{
    /// <summary>An incoming message.</summary>
    None,
    Sending,
    Accepted,
    Refused,

    /// <summary>Meta did not answer: it may have been sent.</summary>
    Unknown,

    /// <summary>Written by the business on its phone, in the WhatsApp Business app.</summary>
    OnPhone,
}
