using Microsoft.Extensions.Localization;

namespace WebHost.Chat;

/// <summary>What a person asks to send.</summary>
/// <param name="From">The id of one of the account's numbers.</param>
/// <param name="Contact">The customer of the conversation that is answered; null where one is begun.</param>
/// <param name="To">The customer's number as typed, where a conversation is begun.</param>
/// <param name="Text">The text, or the caption of the file.</param>
/// <param name="Key">New for each message; the same key again sends nothing again.</param>
public sealed record SendRequest(string? From, string? Contact, string? To, string? Text, Guid Key)
{
    private const int MaxCaption = 1024;

    /// <summary>The id here of the message that it answers.</summary>
    public long? Answers { get; init; }

    /// <summary>A file that was uploaded before.</summary>
    public SentFile? File { get; init; }

    /// <summary>A template instead of a text.</summary>
    public SentTemplate? Template { get; init; }

    /// <summary>What is to be sent, or why it cannot be.</summary>
    public SendOutcome? Content(IStringLocalizer words, out ChatContent? content)
    {
        ArgumentNullException.ThrowIfNull(words);
        content = null;
        var text = MessageWords.Of(Text).Trim().ReplaceLineEndings("\n");
        if (Template is not null)
            content = new(MessageKind.Template, text, Details: new() { Template = Template });
        else if (File is { } file)
        {
            if (file.MediaId is not { Length: > 0 and <= 200 } || !file.MediaId.All(char.IsAsciiDigit) || file.Kind is MessageKind.Text or > MessageKind.Document)
                return new(null, words["This file was not uploaded. Choose it again."], "file");
            var caption = file.Kind is MessageKind.Audio or MessageKind.Voice ? "" : text;
            if (caption.Length > MaxCaption)
                return new(null, words["Text beside a file has at most {0} characters; this one has {1}.", MaxCaption, caption.Length], "text");
            content = new(file.Kind, caption, file.MediaId, file.Name is { Length: > ChatContent.MaxName } name ? name[..ChatContent.MaxName] : file.Name);
        }
        else if (text.Length is 0)
            return new(null, words["Write something first."], "text");
        else if (text.Length > ChatMessage.MaxText)
            return new(null, words["A message has at most {0} characters; this one has {1}.", ChatMessage.MaxText, text.Length], "text");
        else
            content = new(MessageKind.Text, text);
        return null;
    }
}

/// <summary>A file that Meta has.</summary>
public sealed record SentFile(string MediaId, MessageKind Kind, string? Name);

/// <summary>The message as it ended up, or why there is none.</summary>
public sealed record SendOutcome(MessageView? Message, string? Problem = null, string? Field = null);
