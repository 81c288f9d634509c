using System.Globalization;

namespace WebHost.Pages;

/// <summary>An attempt to connect in words.</summary>
public static class AttemptText
{
    public static string Way(string way) => way switch
    {
        "popup" => "In Meta's window",
        "browser" => "By redirect",
        "choice" => "Choice of numbers",
        "link" => "By a link",
        "link_popup" => "By a link, in Meta's window",
        "api" => "By a front end",
        _ => way,
    };

    public static (string Text, string Tone) Outcome(AttemptView attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        return attempt.Outcome switch
        {
            null => ("Under way", "off"),
            AttemptView.Connected => ("Connected", "good"),
            AttemptView.Incomplete => ("Not finished", "warn"),
            AttemptView.Choose => ("Asked which numbers", "off"),
            "cancelled" or "given_up" or "popup_closed" or "popup_left" => ("Given up", "off"),
            _ => ("Failed", "bad"),
        };
    }

    public static string Duration(long milliseconds) => milliseconds < 1000
        ? $"{milliseconds} ms"
        : string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000d:0.0} s");
}
