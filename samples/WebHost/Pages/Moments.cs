using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;

namespace WebHost.Pages;

/// <summary>Times as a page shows them: in its language and in UTC, until the script puts the person's own zone in (times.js).</summary>
public static class Moments
{
    /// <summary>A day without a year, and a time.</summary>
    public static IHtmlContent Time(DateTimeOffset at) => Element(at, "time", "d MMM, HH:mm 'UTC'");

    /// <summary>A day with its year, and a time.</summary>
    public static IHtmlContent Moment(DateTimeOffset at, string? id = null) => Element(at, "moment", "d MMM yyyy, HH:mm 'UTC'", id);

    /// <summary>The same where no element can stand.</summary>
    public static string InWords(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.CurrentCulture);

    /// <summary>A time alone, for what is of today.</summary>
    public static string Hour(DateTimeOffset at) => at.UtcDateTime.ToString("HH:mm", CultureInfo.CurrentCulture);

    private static TagBuilder Element(DateTimeOffset at, string format, string pattern, string? id = null)
    {
        var element = new TagBuilder("time");
        if (id is not null)
            element.Attributes["id"] = id;
        element.Attributes["datetime"] = at.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);
        element.Attributes["data-format"] = format;
        element.InnerHtml.Append(at.UtcDateTime.ToString(pattern, CultureInfo.CurrentCulture));
        return element;
    }
}
