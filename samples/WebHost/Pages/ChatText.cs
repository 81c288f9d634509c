using Microsoft.Extensions.Localization;

namespace WebHost.Pages;

/// <summary>The words that the inbox's script shows: the page hands them over, so that the script has no table of its own. <c>{0}</c> is filled in there.</summary>
public static class ChatText
{
    /// <summary>The signs that are offered.</summary>
    public static readonly IReadOnlyList<string> Emojis = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

    public static IReadOnlyDictionary<string, string> Of(IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return new Dictionary<string, string>
        {
            ["customer"] = words["Customer:"],
            ["you"] = words["You:"],
            ["sending"] = words["Sending"],
            ["notSent"] = words["Not sent"],
            ["noConnection"] = words["There is no connection. What you wrote is kept here."],
            ["signedOut"] = words["Your sign-in had ended. What you wrote is kept here."],
            ["notTaken"] = words["This did not work. What you wrote is kept here."],
            ["newFrom"] = words["New from {0}"],
            ["unread"] = words["{0} unread"],
            ["below"] = words["{0} new below"],
            ["toEnd"] = words["To the newest"],
            ["today"] = words["Today"],
            ["yesterday"] = words["Yesterday"],
            ["through"] = words["to {0}"],
            ["nothingFound"] = words["Nothing found for “{0}”."],
            ["noneYet"] = words["Nobody has written yet. Messages from customers appear here."],
            ["live"] = words["Live"],
            ["reconnecting"] = words["Reconnecting"],
            ["gone"] = words["Meta does not give this file any more, or cannot be reached."],
            ["image"] = KindOf("image", words),
            ["video"] = KindOf("video", words),
            ["audio"] = KindOf("audio", words),
            ["voice"] = KindOf("voice", words),
            ["sticker"] = KindOf("sticker", words),
            ["document"] = words["Document"],
            ["openMap"] = words["Open the map"],
            ["place"] = words["Location"],
            ["order"] = words["Order"],
            ["total"] = words["Total"],
            ["reactedYou"] = words["You reacted with {0}"],
            ["reacted"] = words["Reacted with {0}"],
            ["uploading"] = words["Sending {0}: {1}%"],
            ["recording"] = words["Recording, {0}"],
            ["noMicrophone"] = words["The microphone cannot be used. Allow it in the browser, then try again."],
            ["noRecorder"] = words["This browser cannot record in a way that WhatsApp takes. Send a sound file instead."],
        };
    }

    /// <summary>What a file is called that has no name.</summary>
    public static string KindOf(string kind, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return kind switch
        {
            "image" => words["Photo"],
            "video" => words["Video"],
            "voice" => words["Voice message"],
            "sticker" => words["Sticker"],
            _ => words["Audio file"],
        };
    }
}
