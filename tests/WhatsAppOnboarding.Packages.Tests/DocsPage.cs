using System.Reflection;
using System.Text.RegularExpressions;

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>A page of the docs, read for what somebody types who follows it.</summary>
/// <param name="Path">From the root of the repository, such as <c>docs/stores.md</c>.</param>
/// <param name="Snippets">All fenced blocks.</param>
internal sealed partial record DocsPage(string Path, IReadOnlyList<DocsSnippet> Snippets)
{
    public static readonly string Root = System.IO.Path.GetFullPath(Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Root").Value!);

    /// <summary>The README, the pages of the docs, and the pages of the packages.</summary>
    public static IEnumerable<DocsPage> All =>
        new[] { "README.md" }
            .Concat(Directory.GetFiles(System.IO.Path.Combine(Root, "docs"), "*.md").Concat(Directory.GetFiles(System.IO.Path.Combine(Root, "src"), "README.md", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 }))
                .Select(path => System.IO.Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal))
            .Select(Of);

    public static DocsPage Of(string path)
    {
        var text = File.ReadAllText(System.IO.Path.Combine(Root, path)).ReplaceLineEndings("\n");
        return new(path, [.. Fence().Matches(text).Select(found => new DocsSnippet(
            found.Groups["name"].Success ? found.Groups["name"].Value : null,
            found.Groups["language"].Value,
            found.Groups["text"].Value.TrimEnd('\n'),
            text[..found.Groups["text"].Index].Count(letter => letter == '\n') + 1))]);
    }

    /// <summary>The snippet under this name: the comment right before its fence says it.</summary>
    public DocsSnippet Snippet(string name) => Snippets.SingleOrDefault(snippet => snippet.Name == name) ?? throw new InvalidOperationException($"{Path} has not one snippet named '{name}'. Write <!-- snippet: {name} --> right before its fence.");

    [GeneratedRegex(@"(?:<!-- snippet: (?<name>[\w ]+) -->\n)?^```(?<language>\w+)\n(?<text>.*?\n)```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}

/// <param name="Name">As the page names it; null where it does not.</param>
/// <param name="Language">What the fence says.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="Line">Where it begins in the page.</param>
internal sealed record DocsSnippet(string? Name, string Language, string Text, int Line)
{
    /// <summary>The lines that somebody types: all that are not empty.</summary>
    public string[] Typed => [.. Text.Split('\n').Where(line => line.Trim().Length > 0)];

    /// <summary>The lines of a whole file that somebody types who has another one already.</summary>
    public int TypedInto(string before) => Typed.Select(line => line.Trim()).Except(before.Split('\n').Select(line => line.Trim())).Count();
}
