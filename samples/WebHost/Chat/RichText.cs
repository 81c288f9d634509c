using System.Text.RegularExpressions;

namespace WebHost.Chat;

/// <summary>A piece of a message, all of it in one manner. Text, never markup.</summary>
/// <param name="Text">What is shown.</param>
/// <param name="Bold">Between asterisks.</param>
/// <param name="Italic">Between underscores.</param>
/// <param name="Strike">Between tildes.</param>
/// <param name="Code">Between backticks.</param>
/// <param name="Href">Where a link goes: http or https.</param>
public sealed record TextRun(string Text, bool Bold = false, bool Italic = false, bool Strike = false, bool Code = false, string? Href = null);

/// <summary>The manners of writing that people know from WhatsApp, and links.</summary>
public static partial class RichText
{
    private const int MaxRuns = 500;
    private const int MaxDepth = 4;

    public static IReadOnlyList<TextRun> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            var runs = new List<TextRun>();
            Add(runs, text, new TextRun(""), MaxDepth);
            return runs.Count <= MaxRuns ? runs : [new TextRun(text)];
        }
        catch (RegexMatchTimeoutException)
        {
            return [new TextRun(text)];
        }
    }

    private static void Add(List<TextRun> runs, string text, TextRun manner, int depth)
    {
        if (depth is 0)
        {
            Link(runs, text, manner);
            return;
        }

        var at = 0;
        foreach (Match match in Mark().Matches(text))
        {
            Link(runs, text[at..match.Index], manner);
            at = match.Index + match.Length;
            switch (match)
            {
                case { Groups: var groups } when groups["block"].Success:
                    runs.Add(manner with { Text = groups["block"].Value.Trim('\n'), Code = true });
                    break;
                case { Groups: var groups } when groups["code"].Success:
                    runs.Add(manner with { Text = groups["code"].Value, Code = true });
                    break;
                case { Groups: var groups } when groups["link"].Success:
                    Link(runs, groups["link"].Value, manner);
                    break;
                default:
                    var inner = match.Groups["inner"].Value;
                    Add(runs, inner, match.Groups["mark"].Value switch
                    {
                        "*" => manner with { Bold = true },
                        "_" => manner with { Italic = true },
                        _ => manner with { Strike = true },
                    }, depth - 1);
                    break;
            }
        }

        Link(runs, text[at..], manner);
    }

    private static void Link(List<TextRun> runs, string text, TextRun manner)
    {
        var at = 0;
        foreach (Match match in Address().Matches(text))
        {
            var address = match.Value.TrimEnd('.', ',', ';', ':', '!', '?', '\'', '"', '*', '_', '~');
            if (address.EndsWith(')') && !address.Contains('('))
                address = address[..^1];
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
                continue;
            Plain(runs, text[at..match.Index], manner);
            runs.Add(manner with { Text = address, Href = uri.AbsoluteUri });
            at = match.Index + address.Length;
        }

        Plain(runs, text[at..], manner);
    }

    private static void Plain(List<TextRun> runs, string text, TextRun manner)
    {
        if (text.Length > 0)
            runs.Add(manner with { Text = text });
    }

    /// <summary>A mark stands at a word's edge and holds one line, as in WhatsApp; within an address it is none.</summary>
    [GeneratedRegex(@"```(?<block>[^`]+)```|`(?<code>[^`\n]+)`|(?<link>https?://\S+)|(?<![\p{L}\p{N}])(?<mark>[*_~])(?<inner>\S|\S[^\n]*?\S)\k<mark>(?![\p{L}\p{N}])", RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Mark();

    [GeneratedRegex(@"https?://[^\s<>""]+", RegexOptions.IgnoreCase, 200)]
    private static partial Regex Address();
}
