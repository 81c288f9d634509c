using System.Text.Json;
using WhatsAppOnboarding.Webhooks;

namespace WebHost.Chat;

/// <summary>What a message says, in words that are true of the number and of what was sent. This page shows text and no files.</summary>
public static class MessageWords
{
    private const int MaxAnswers = 20;

    public static string Of(MessageReceived message, bool inApp)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Of(message.Type switch
        {
            "text" or "button" => message.Text ?? "",
            "interactive" => Answers(message.FormJson) ?? message.Text ?? $"Made a choice that {Elsewhere(inApp)}",
            "reaction" => message.Text is { } emoji ? $"Reacted with {emoji}" : "Took back a reaction",
            _ => File(message.Type, message.Text, message.FileName, message.IsVoice, inApp),
        });
    }

    public static string Of(MessageEchoed echo)
    {
        ArgumentNullException.ThrowIfNull(echo);
        return Of(echo.Type switch
        {
            "text" => echo.Text ?? "",
            "reaction" => echo.Text is { } emoji ? $"Reacted with {emoji}" : "Took back a reaction",
            _ => File(echo.Type, echo.Text, echo.FileName, echo.IsVoice, inApp: true),
        });
    }

    /// <summary>What an edit puts in the place of the earlier message; null where it does not say.</summary>
    public static string? OfEdit(MessageReceived message, bool inApp)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.EditedType is null or "edit" ? null : Of(message with { Type = message.EditedType }, inApp);
    }

    /// <inheritdoc cref="OfEdit(MessageReceived, bool)" />
    public static string? OfEdit(MessageEchoed echo)
    {
        ArgumentNullException.ThrowIfNull(echo);
        return echo.EditedType is null or "edit" ? null : Of(echo with { Type = echo.EditedType });
    }

    /// <summary>Without the one character that PostgreSQL refuses.</summary>
    public static string Of(string? text) => (text ?? "").Replace("\0", "", StringComparison.Ordinal);

    private static string File(string? type, string? caption, string? fileName, bool? isVoice, bool inApp)
    {
        var kind = (type, isVoice) switch
        {
            ("image", _) => "Photo",
            ("video", _) => "Video",
            ("document", _) => fileName is { Length: > 0 } ? $"Document {fileName}" : "Document",
            ("audio", true) => "Voice message",
            ("audio", false) => "Audio file",
            ("audio", _) => "Audio",
            ("sticker", _) => "Sticker",
            ("location", _) => "Location",
            ("contacts", _) => "Contact card",
            ("order", _) => "Order",
            _ => "A message",
        };
        return caption is null ? $"{kind} that {Elsewhere(inApp)}" : $"{kind}: {caption}";
    }

    /// <summary>A number that is not in the app is in none: there is no place to send people to.</summary>
    private static string Elsewhere(bool inApp) => inApp ? "you can see in the WhatsApp Business app" : "cannot be shown here";

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
            return answers.Count is 0 ? null : string.Join('\n', answers.Prepend("Answered a form"));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
