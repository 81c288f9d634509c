using Microsoft.Extensions.Localization;

namespace WebHost.Chat;

/// <summary>A message in words, in the language of who reads it.</summary>
public static class MessageLine
{
    /// <summary>In one line, for the list, for quotes and for those who hear it.</summary>
    public static string Of(ChatMessage message, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(message);
        var content = ChatContent.Of(message);
        var kind = message.IsDeleted ? null : KindOf(content.Kind, content, words)?.Value;
        return (kind, TextOf(message, words)) switch
        {
            (null, var text) => text,
            (_, "") => kind,
            (_, var text) => $"{kind}: {text}",
        };
    }

    /// <summary>What stands in its bubble: what was written, or what is to be said in its place.</summary>
    public static string TextOf(ChatMessage message, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(words);
        if (message.IsDeleted)
            return words["This message was deleted."];
        var content = ChatContent.Of(message);
        return content.Details switch
        {
            { Unshown: { InApp: true } what } => words["{0} that you can see in the WhatsApp Business app.", WhatOf(content, what, words)],
            { Unshown: { } what } => words["{0} that cannot be shown here.", WhatOf(content, what, words)],
            { IsForm: true } => $"{words["Answered a form"]}\n{content.Text}",
            { NewNumber: { } number } => words["This customer's number is now +{0}.", number],
            _ => content.Text,
        };
    }

    private static string WhatOf(ChatContent content, Unshown what, IStringLocalizer words)
    {
        var kind = what.Kind is MessageKind.Text ? words["Made a choice"] : KindOf(what.Kind, content, words) ?? words["Something"];
        return content.Text.Length is 0 ? kind.Value : $"{kind}: {content.Text}";
    }

    private static LocalizedString? KindOf(MessageKind kind, ChatContent content, IStringLocalizer words) => kind switch
    {
        MessageKind.Image => words["Photo"],
        MessageKind.Video => words["Video"],
        MessageKind.Document => content.FileName is { Length: > 0 } name ? words["Document {0}", name] : words["Document"],
        MessageKind.Voice => words["Voice message"],
        MessageKind.Audio => words["Audio file"],
        MessageKind.Sticker => words["Sticker"],
        MessageKind.Location => content.Details?.Place?.Name is { Length: > 0 } place ? words["Location: {0}", place] : words["Location"],
        MessageKind.Contacts => content.Details?.Cards is [var card, ..] ? words["Contact card: {0}", card.Name] : words["Contact card"],
        MessageKind.Order => words["Order"],
        _ => null,
    };
}
