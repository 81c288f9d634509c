namespace WebHost.Chat;

/// <summary>One message between a customer and one number of an account. Its text is text, whoever wrote it.</summary>
public sealed class ChatMessage
{
    public const int MaxText = 4096;

    /// <summary>Rises in the order of arrival, which is the order of the chat.</summary>
    public long Id { get; init; }

    public required string AccountId { get; init; }

    public required string PhoneNumberId { get; init; }

    /// <summary>The customer: the digits of a telephone number, or Meta's id of a person who hides theirs.</summary>
    public required string Contact { get; set; }

    /// <summary>The name that the customer gave themselves.</summary>
    public string? ContactName { get; init; }

    public required bool Incoming { get; init; }

    public required string Text { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Meta's id. Unique in an account, so that a delivery that comes twice is stored once.</summary>
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
}
