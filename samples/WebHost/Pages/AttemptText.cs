using System.Globalization;
using Microsoft.Extensions.Localization;

namespace WebHost.Pages;

/// <summary>An attempt to connect in words.</summary>
public static class AttemptText
{
    public static string Way(string way, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return way switch
        {
            "popup" => words["In Meta's window"],
            "browser" => words["By redirect"],
            "choice" => words["Choice of numbers"],
            "link" => words["By a link"],
            "link_popup" => words["By a link, in Meta's window"],
            "api" => words["By a front end"],
            _ => way,
        };
    }

    public static (string Text, string Tone) Outcome(AttemptView attempt, IStringLocalizer words)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentNullException.ThrowIfNull(words);
        return attempt.Outcome switch
        {
            null => (words["Under way"], "off"),
            AttemptView.Connected => (words["Connected"], "good"),
            AttemptView.Incomplete => (words["Not finished"], "warn"),
            AttemptView.Choose => (words["Asked which numbers"], "off"),
            "cancelled" or "given_up" or "popup_closed" or "popup_left" => (words["Given up"], "off"),
            _ => (words["Failed"], "bad"),
        };
    }

    public static string Duration(long milliseconds) => milliseconds < 1000
        ? $"{milliseconds} ms"
        : string.Create(CultureInfo.CurrentCulture, $"{milliseconds / 1000d:0.0} s");
}
