using System.Globalization;
using Microsoft.Extensions.Localization;

namespace WebHost.Chat;

/// <summary>A message as pages and streams show it. All texts in it are text, never markup.</summary>
public sealed record MessageView
{
    public required long Id { get; init; }

    /// <summary>Its order in the thread, before <see cref="Id"/>.</summary>
    public required long Place { get; init; }

    /// <summary>Chosen by the page that sent it.</summary>
    public Guid? Key { get; init; }

    /// <summary>The business's own number id.</summary>
    public required string Number { get; init; }

    /// <summary>The key of the customer.</summary>
    public required string Contact { get; init; }

    /// <summary>A telephone number, a username, or words.</summary>
    public required string ContactText { get; init; }

    /// <summary>The customer's own name, or null.</summary>
    public string? Name { get; init; }

    /// <summary>Whether the customer can be written to.</summary>
    public required bool CanReply { get; init; }

    /// <summary>Until when they can be answered freely; null when they never wrote.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>In a group: which of its members wrote.</summary>
    public string? Author { get; init; }

    public required bool Incoming { get; init; }

    /// <summary>Whether nobody wrote it, so that it is no bubble.</summary>
    public bool IsLine { get; init; }

    /// <summary>Whether whoever wrote it took it back, and the text says so.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Whether the text is not the first one.</summary>
    public bool IsEdited { get; init; }

    /// <summary>Whether it can be quoted and reacted to.</summary>
    public bool IsAnswerable { get; init; }

    /// <summary>text, image, video, audio, voice, document, sticker, location, contacts, order, template or other.</summary>
    public required string Kind { get; init; }

    public required string Text { get; init; }

    /// <summary>The text in pieces, each in one manner.</summary>
    public IReadOnlyList<TextRun> Runs { get; init; } = [];

    /// <summary>All of it in one line.</summary>
    public required string Line { get; init; }

    /// <summary>Where its file is, on this host; null where it has none.</summary>
    public string? File { get; init; }

    public string? FileName { get; init; }

    public MessageDetails? Details { get; init; }

    public Quote? Quote { get; init; }

    public IReadOnlyList<Reaction> Reactions { get; init; } = [];

    public required DateTimeOffset At { get; init; }

    /// <summary>sending, accepted, phone, sent, delivered, read, failed or unknown; empty for incoming ones.</summary>
    public required string State { get; init; }

    /// <summary>The same in words.</summary>
    public required string StateText { get; init; }

    /// <summary>What went wrong and what to do, in words.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether it can be sent once more as it is.</summary>
    public bool IsRepeatable => State is "failed" or "unknown";

    public static MessageView Of(ChatMessage message, ChatContact contact, ChatDelivery? delivery, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(words);
        var (state, stateText, problem) = message.Incoming ? ("", "", null) : Outgoing(message, delivery, words);
        var content = ChatContent.Of(message);
        var text = MessageLine.TextOf(message, words);
        return new MessageView
        {
            Id = message.Id,
            Place = message.Place,
            Key = message.SendKey,
            Number = message.PhoneNumberId,
            Contact = message.Contact,
            ContactText = contact.TextIn(words),
            Name = contact.Name,
            CanReply = contact.CanReply,
            Until = contact.AnswerableUntil,
            Author = message.Author,
            Incoming = message.Incoming,
            IsLine = message.IsLine,
            IsDeleted = message.IsDeleted,
            IsEdited = message is { EditedAt: not null, IsDeleted: false },
            IsAnswerable = message is { WamId: not null, IsLine: false, IsDeleted: false } && contact.GroupId is null,
            Kind = message.Kind.ToString().ToLowerInvariant(),
            Text = text,
            Runs = message.IsDeleted || text.Length is 0 ? [] : RichText.Parse(text),
            Line = MessageLine.Of(message, words),
            File = message.MediaId is null ? null : string.Create(CultureInfo.InvariantCulture, $"/api/chat/files/{message.Id}?of={Uri.EscapeDataString(message.MediaId)}"),
            FileName = message.FileName,
            Details = content.Details,
            At = message.At,
            State = state,
            StateText = stateText,
            Problem = problem,
        };
    }

    private static (string State, string Text, string? Problem) Outgoing(ChatMessage message, ChatDelivery? delivery, IStringLocalizer words) => delivery?.State switch
    {
        DeliveryState.Read => ("read", words["Read"], null),
        DeliveryState.Delivered => ("delivered", words["Delivered"], null),
        DeliveryState.Sent => ("sent", words["Sent"], null),
        DeliveryState.Failed => ("failed", words["Not delivered"], WhyNot(delivery.Problem, words)),
        _ => message.State switch
        {
            SendState.Accepted => ("accepted", words["Accepted by Meta"], null),
            SendState.Refused => ("failed", words["Not sent"], WhyNot(message.Problem, words)),
            SendState.Unknown => ("unknown", words["Not known"], words["Meta did not answer. The message may have been sent all the same, so ask before you send it again."]),
            SendState.OnPhone => ("phone", words["Sent on the phone"], null),
            // The process ended between asking Meta and noting the answer.
            _ when message.At < DateTimeOffset.UtcNow.AddMinutes(-2) => ("unknown", words["Not known"], words["Meta did not answer. The message may have been sent all the same, so ask before you send it again."]),
            _ => ("sending", words["Sending"], null),
        },
    };

    private static string WhyNot(string? note, IStringLocalizer words) => note is null ? words["Meta did not say why. Try again later."] : Refusals.InWords(note, words);
}

/// <summary>The message that another one answers.</summary>
/// <param name="Id">Its id, or null where it is not here.</param>
/// <param name="Who">Who wrote it.</param>
/// <param name="Line">It in one line.</param>
public sealed record Quote(long? Id, string Who, string Line)
{
    public static Quote Of(ChatMessage? message, ChatContact contact, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(contact);
        ArgumentNullException.ThrowIfNull(words);
        return message is null ? new(null, "", words["An earlier message"]) : new(message.Id, WhoOf(message, contact, words), MessageLine.Of(message, words));
    }

    private static string WhoOf(ChatMessage message, ChatContact contact, IStringLocalizer words) =>
        !message.Incoming ? words["You"] : message.Author ?? contact.Name ?? contact.TextIn(words);
}

/// <summary>A sign on a message.</summary>
public sealed record Reaction(string Emoji, bool IsOwn)
{
    public static Reaction Of(ChatReaction reaction)
    {
        ArgumentNullException.ThrowIfNull(reaction);
        return new(reaction.Emoji ?? "", reaction.Who is ChatReaction.Business);
    }
}
