using System.Text.Json;
using WhatsAppOnboarding.Webhooks;

namespace WebHost.Chat;

/// <summary>What a webhook brings for a thread, in the chat's own terms.</summary>
public abstract record ChatEntry(Person Person)
{
    private const int MaxId = 300;

    /// <summary>Of a customer's message. Null when it lacks what a chat needs: an id, and somebody who wrote it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="item">The same as it came.</param>
    /// <param name="inApp">Whether the number is in the WhatsApp Business app as well, where all can be seen.</param>
    public static ChatEntry? Of(MessageReceived message, JsonElement item, bool inApp)
    {
        ArgumentNullException.ThrowIfNull(message);
        var id = message.PreviousUserId ?? message.FromUserId ?? message.FromParentUserId;
        var person = new Person(message.From, id, message.GroupId, message.ProfileName, message.Username, At: message.SentAt);
        return message switch
        {
            _ when !person.IsKnown => null,
            { Type: "request_welcome" } => new NothingSaid(person),
            { Type: "edit", TargetId: { Length: <= MaxId } target } =>
                new ChangedMessage(person, true, target, MessageWords.OfEdit(message, item, inApp), At(message.SentAt)),
            { Type: "revoke", TargetId: { Length: <= MaxId } target } => new ChangedMessage(person, true, target, null, At(message.SentAt), IsDeleted: true),
            { Type: "reaction", TargetId: { Length: <= MaxId } target } => new Reacted(person, true, target, EmojiOf(message.Text), At(message.SentAt)),
            { MessageId: not { Length: <= MaxId } } => null,
            { Type: "system" } => new CustomerNews(
                person, message.MessageId, LineOf(message), message.NewNumber,
                message.NewUserId ?? (message.PreviousUserId is null ? null : message.FromUserId), At(message.SentAt)),
            _ => new NewMessage(person, true, message.MessageId, MessageWords.Of(message, item, inApp), At(message.SentAt), AnsweredBy(message.ReplyTo)),
        };
    }

    /// <summary>Of what the business wrote on its phone.</summary>
    public static ChatEntry? Of(MessageEchoed echo, JsonElement item)
    {
        ArgumentNullException.ThrowIfNull(echo);
        var person = new Person(echo.To, echo.ToUserId ?? echo.ToParentUserId, echo.GroupId, At: echo.SentAt);
        return echo switch
        {
            _ when !person.IsKnown => null,
            { Type: "edit", TargetId: { Length: <= MaxId } target } => new ChangedMessage(person, false, target, MessageWords.OfEdit(echo, item), At(echo.SentAt)),
            { Type: "revoke", TargetId: { Length: <= MaxId } target } => new ChangedMessage(person, false, target, null, At(echo.SentAt), IsDeleted: true),
            { Type: "reaction", TargetId: { Length: <= MaxId } target } => new Reacted(person, false, target, EmojiOf(echo.Text), At(echo.SentAt)),
            { MessageId: { Length: <= MaxId } id } => new NewMessage(person, false, id, MessageWords.Of(echo, item), At(echo.SentAt), AnsweredBy(echo.ReplyTo)),
            _ => null,
        };
    }

    /// <summary>Meta's own words, or what there is to say; null where there is nothing that the business could do with it.</summary>
    private static ChatContent? LineOf(MessageReceived message) => message switch
    {
        { Text: { } said } => new(MessageKind.Text, MessageWords.Of(said)),
        { NewNumber: { } number } => new(MessageKind.Text, "", Details: new() { NewNumber = number }),
        _ => null,
    };

    private static string? AnsweredBy(string? id) => id is { Length: <= MaxId } ? id : null;

    private static string? EmojiOf(string? text) => MessageWords.Of(text).Trim() is { Length: > 0 and <= ChatReaction.MaxEmoji } emoji ? emoji : null;

    private static DateTimeOffset At(DateTimeOffset? at) => at ?? DateTimeOffset.UtcNow;
}

/// <summary>Nobody wrote anything: the customer has only opened the chat.</summary>
public sealed record NothingSaid(Person Person) : ChatEntry(Person);

/// <summary>A new bubble.</summary>
public sealed record NewMessage(Person Person, bool Incoming, string WamId, ChatContent Content, DateTimeOffset At, string? ReplyTo = null) : ChatEntry(Person);

/// <summary>An earlier bubble has another content, which is null where the chat cannot show what is new, or none any more.</summary>
public sealed record ChangedMessage(Person Person, bool Incoming, string WamId, ChatContent? Content, DateTimeOffset At, bool IsDeleted = false) : ChatEntry(Person);

/// <summary>Somebody put a sign to a bubble, or took it back.</summary>
public sealed record Reacted(Person Person, bool Incoming, string WamId, string? Emoji, DateTimeOffset At) : ChatEntry(Person);

/// <summary>A line that Meta writes, and what the customer is called from now on.</summary>
public sealed record CustomerNews(Person Person, string WamId, ChatContent? Line, string? NewPhone, string? NewUserId, DateTimeOffset At) : ChatEntry(Person);
