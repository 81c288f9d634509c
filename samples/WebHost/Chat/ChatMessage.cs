using System.Text.Json.Serialization;
using WhatsAppOnboarding.Graph;

namespace WebHost.Chat;

/// <summary>One message between a customer and one number of an account. Its text is text, whoever wrote it.</summary>
public sealed class ChatMessage
{
    public const int MaxText = 4096;

    public long Id { get; init; }

    /// <summary>Where it stands in its thread: when it arrived, in milliseconds since 1970; of a history that comes later, when it was written. Then by <see cref="Id"/>.</summary>
    public long Place { get; set; }

    public required string AccountId { get; init; }

    public required string PhoneNumberId { get; init; }

    /// <summary>The key of the <see cref="ChatContact"/>.</summary>
    public required string Contact { get; set; }

    /// <summary>In a group: which of its members wrote.</summary>
    public string? Author { get; init; }

    public required bool Incoming { get; init; }

    /// <summary>A line between the messages, which nobody wrote.</summary>
    public bool IsLine { get; init; }

    public MessageKind Kind { get; set; }

    /// <summary>Of a text what it says, of a file its caption. Empty when it was deleted.</summary>
    public required string Text { get; set; }

    /// <summary>Meta's id of the file.</summary>
    public string? MediaId { get; set; }

    /// <summary>The name of a document, as whoever sent it called it.</summary>
    public string? FileName { get; set; }

    /// <summary>What is neither text nor file, as <see cref="MessageDetails"/> in JSON.</summary>
    public string? Details { get; set; }

    /// <summary>Meta's id of the message that it answers.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>When it was changed or deleted last, by Meta's clock.</summary>
    public DateTimeOffset? EditedAt { get; set; }

    public bool IsDeleted { get; set; }

    public required DateTimeOffset At { get; set; }

    /// <summary>Meta's id. Unique on a number of an account, so that a delivery that comes twice is stored once.</summary>
    public string? WamId { get; set; }

    /// <summary>Chosen by the page that sends, so that a form that is posted twice sends once.</summary>
    public Guid? SendKey { get; init; }

    /// <summary>What came of handing an outgoing message to Meta.</summary>
    public SendState State { get; set; }

    /// <summary>Why it was not sent, as <see cref="Refusals"/> notes it.</summary>
    public string? Problem { get; set; }

    /// <summary>Takes note of what Meta said when it was handed over.</summary>
    public void Note(GraphResult<SentMessage> result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Succeeded)
        {
            (State, WamId) = (SendState.Accepted, result.Value.Id);
            return;
        }

        var unknown = result.Error.Kind is GraphErrorKind.TimedOut or GraphErrorKind.Unreachable or GraphErrorKind.UnreadableAnswer;
        (State, Problem) = unknown ? (SendState.Unknown, null) : (SendState.Refused, Refusals.Note(result.Error));
    }
}

[JsonConverter(typeof(JsonStringEnumConverter<MessageKind>))]
public enum MessageKind
{
    Text,
    Image,
    Video,
    Audio,
    Voice,
    Document,
    Sticker,
    Location,
    Contacts,
    Order,
    Template,

    /// <summary>Something that cannot be shown here.</summary>
    Other,
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
