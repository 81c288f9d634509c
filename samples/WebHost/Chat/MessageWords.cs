using System.Text.Json;
using WhatsAppOnboarding.Webhooks;

namespace WebHost.Chat;

/// <summary>What Meta brings, as the chat keeps it: what others wrote, and of all else what it is. In words it is only when somebody reads it (<see cref="MessageLine"/>).</summary>
public static class MessageWords
{
    private const int MaxAnswers = 20;

    /// <param name="message">The message.</param>
    /// <param name="item">The same as it came.</param>
    /// <param name="inApp">Whether the number is in the WhatsApp Business app as well, where all can be seen.</param>
    public static ChatContent Of(MessageReceived message, JsonElement item, bool inApp)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Type switch
        {
            "text" or "button" => new(MessageKind.Text, Of(message.Text)),
            "interactive" => Chosen(message, inApp),
            _ => File(message.Type, message.Text, message.MediaId, message.FileName, message.IsVoice, item, inApp),
        };
    }

    public static ChatContent Of(MessageEchoed echo, JsonElement item)
    {
        ArgumentNullException.ThrowIfNull(echo);
        return echo.Type is "text" ? new(MessageKind.Text, Of(echo.Text)) : File(echo.Type, echo.Text, echo.MediaId, echo.FileName, echo.IsVoice, item, inApp: true);
    }

    /// <summary>What an edit puts in the place of the earlier message; null where it does not say.</summary>
    public static ChatContent? OfEdit(MessageReceived message, JsonElement item, bool inApp)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.EditedType is null or "edit" ? null : Of(message with { Type = message.EditedType }, item, inApp);
    }

    /// <inheritdoc cref="OfEdit(MessageReceived, JsonElement, bool)" />
    public static ChatContent? OfEdit(MessageEchoed echo, JsonElement item)
    {
        ArgumentNullException.ThrowIfNull(echo);
        return echo.EditedType is null or "edit" ? null : Of(echo with { Type = echo.EditedType }, item);
    }

    /// <summary>Without the one character that PostgreSQL refuses.</summary>
    public static string Of(string? text) => (text ?? "").Replace("\0", "", StringComparison.Ordinal);

    private static ChatContent File(string? type, string? caption, string? mediaId, string? fileName, bool? isVoice, JsonElement item, bool inApp)
    {
        var kind = (type, isVoice) switch
        {
            ("image", _) => MessageKind.Image,
            ("video", _) => MessageKind.Video,
            ("document", _) => MessageKind.Document,
            ("audio", true) => MessageKind.Voice,
            ("audio", _) => MessageKind.Audio,
            ("sticker", _) => MessageKind.Sticker,
            ("location", _) => MessageKind.Location,
            ("contacts", _) => MessageKind.Contacts,
            ("order", _) => MessageKind.Order,
            _ => MessageKind.Other,
        };
        var details = DetailsReader.Read(kind, item);
        var isShown = kind is MessageKind.Order || (kind is MessageKind.Location or MessageKind.Contacts ? details is not null : mediaId is { Length: <= 200 });
        return isShown
            ? new(kind, Of(caption), mediaId, Named(fileName), details)
            : new(MessageKind.Other, Of(caption), FileName: Named(fileName), Details: new() { Unshown = new(kind, inApp) });
    }

    private static string? Named(string? name) => Of(name).Trim() is { Length: > 0 } plain ? plain[..Math.Min(plain.Length, ChatContent.MaxName)] : null;

    private static ChatContent Chosen(MessageReceived message, bool inApp) => (Answers(message.FormJson), message.Text) switch
    {
        ({ } answers, _) => new(MessageKind.Text, Of(answers), Details: new() { IsForm = true }),
        (_, { } text) => new(MessageKind.Text, Of(text)),
        _ => new(MessageKind.Other, "", Details: new() { Unshown = new(MessageKind.Text, inApp) }),
    };

    /// <summary>The answers of a form, one a line; null where there is nothing to read.</summary>
    private static string? Answers(string? json)
    {
        if (json is null)
            return null;
        try
        {
            using var form = JsonDocument.Parse(json);
            if (form.RootElement.ValueKind is not JsonValueKind.Object)
                return null;

            // The token says which form it was, and is no answer.
            var answers = form.RootElement.EnumerateObject().Where(answer => answer.Name is not "flow_token").Take(MaxAnswers)
                .Select(answer => $"{answer.Name.Replace('_', ' ')}: {answer.Value}").ToList();
            return answers.Count is 0 ? null : string.Join('\n', answers);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
