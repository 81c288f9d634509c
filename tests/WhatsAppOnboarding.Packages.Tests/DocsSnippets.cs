using System.Text.RegularExpressions;

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>Makes every snippet of C# that no stranger uses as a file of one project: what is around it in a reader's app stands in Contexts.cs, by page.</summary>
internal static partial class DocsSnippets
{
    /// <summary>Its bridge is compiled, and run, with Wolverine itself.</summary>
    private const string Elsewhere = "docs/wolverine.md";

    public static void Write(string folder)
    {
        foreach (var page in DocsPage.All.Where(page => page.Path != Elsewhere))
        {
            foreach (var snippet in page.Snippets.Where(snippet => snippet is { Language: "csharp", Name: null }))
                File.WriteAllText(Path.Combine(folder, $"{NameOf(page)}_{snippet.Line}.cs"), TextOf(page, snippet));
        }
    }

    private static string TextOf(DocsPage page, DocsSnippet snippet)
    {
        var lines = snippet.Text.Split('\n');
        var usings = lines.TakeWhile(line => line.Length == 0 || Using().IsMatch(line)).ToArray();
        var code = string.Join('\n', lines[usings.Length..]);
        var context = $"In_{NameOf(page)}";
        var (before, after) = Types().IsMatch(code) ? ("", "")
            : code.StartsWith("protected override", StringComparison.Ordinal) ? ("internal sealed class Snippet : DbContext\n{", "}")
            : ($"internal sealed class Snippet : {context}\n{{\npublic async Task RunAsync()\n{{", "}\n}");
        return $"{string.Join('\n', usings)}\nnamespace Docs.{context}_{snippet.Line}\n{{\n{before}\n#line {snippet.Line + usings.Length} \"{page.Path}\"\n{code}\n#line default\n{after}\n}}\n";
    }

    private static string NameOf(DocsPage page) => Regex.Replace(page.Path.Replace(".md", "", StringComparison.Ordinal).Replace("docs/", "", StringComparison.Ordinal).Replace("src/WhatsAppOnboarding", "package", StringComparison.Ordinal), @"\W+", "_");

    [GeneratedRegex(@"^(public|internal) (static |sealed |partial )*(class|record|interface|enum) ", RegexOptions.Multiline)]
    private static partial Regex Types();

    [GeneratedRegex(@"^using [\w.]+;$")]
    private static partial Regex Using();
}
