namespace WebHost.Pages;

/// <summary>The words of the inbox that its script shows, in one place, so that they can be translated. <c>{0}</c> is filled in.</summary>
public static class ChatText
{
    /// <summary>The signs that are offered.</summary>
    public static readonly IReadOnlyList<string> Emojis = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

    public const string Choose = "Choose a conversation";

    public static readonly IReadOnlyDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["choose"] = Choose,
        ["customer"] = "Customer:",
        ["you"] = "You:",
        ["edited"] = "Edited",
        ["failed"] = "Failed:",
        ["sending"] = "Sending",
        ["notSent"] = "Not sent",
        ["noConnection"] = "There is no connection. What you wrote is kept here.",
        ["signedOut"] = "Your sign-in had ended. What you wrote is kept here.",
        ["notTaken"] = "This did not work. What you wrote is kept here.",
        ["newFrom"] = "New from {0}",
        ["unread"] = "{0} unread",
        ["below"] = "{0} new below",
        ["toEnd"] = "To the newest",
        ["today"] = "Today",
        ["yesterday"] = "Yesterday",
        ["answerUntil"] = "You can answer until {0}",
        ["nothingFound"] = "Nothing found for “{0}”.",
        ["noneYet"] = "Nobody has written yet. Messages from customers appear here.",
        ["live"] = "Live",
        ["reconnecting"] = "Reconnecting",
        ["gone"] = "Meta does not give this file any more, or cannot be reached.",
        ["image"] = "Photo",
        ["video"] = "Video",
        ["audio"] = "Audio file",
        ["voice"] = "Voice message",
        ["sticker"] = "Sticker",
        ["document"] = "Document",
        ["save"] = "Save {0}",
        ["openMap"] = "Open the map",
        ["place"] = "Location",
        ["order"] = "Order",
        ["total"] = "Total",
        ["reactedYou"] = "You reacted with {0}",
        ["reacted"] = "Reacted with {0}",
        ["answering"] = "Answering {0}",
        ["uploading"] = "Sending {0}: {1}%",
        ["recording"] = "Recording, {0}",
        ["noMicrophone"] = "The microphone cannot be used. Allow it in the browser, then try again.",
        ["noRecorder"] = "This browser cannot record in a way that WhatsApp takes. Send a sound file instead.",
    };
}
