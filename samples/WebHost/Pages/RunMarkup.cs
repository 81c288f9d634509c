using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.Rendering;
using WebHost.Chat;

namespace WebHost.Pages;

/// <summary>The pieces of a message as elements, with nothing between them: all of somebody else's text is encoded.</summary>
public static class RunMarkup
{
    public static IHtmlContent Of(IReadOnlyList<TextRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var all = new HtmlContentBuilder();
        foreach (var run in runs)
            all.AppendHtml(Of(run));
        return all;
    }

    private static TagBuilder Of(TextRun run)
    {
        var element = new TagBuilder(run switch { { Href: not null } => "a", { Code: true } => "code", _ => "span" });
        element.InnerHtml.Append(run.Text);
        foreach (var manner in new[] { run.Bold ? "b" : null, run.Italic ? "i" : null, run.Strike ? "s" : null }.OfType<string>())
            element.AddCssClass(manner);
        if (run.Href is { } href)
        {
            element.Attributes["href"] = href;
            element.Attributes["target"] = "_blank";
            element.Attributes["rel"] = "noopener noreferrer nofollow";
        }

        return element;
    }
}
