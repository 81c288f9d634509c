using System.Text.RegularExpressions;

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>All code of the pages is compiled: by the stranger whose file names it, or beside the others of its page.</summary>
public sealed partial class SnippetTests(Strangers strangers)
{
    /// <summary>Those of which the README's app is made.</summary>
    private static readonly string[] OfReadme = ["README.md#program", "README.md#handler", "README.md#chat"];

    [Fact]
    public void Every_snippet_of_code_that_has_a_name_stands_in_a_strangers_file()
    {
        var used = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Strangers"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Named().Matches(File.ReadAllText(file)).Select(found => found.Groups[1].Value)).Concat(OfReadme);

        DocsPage.All.SelectMany(page => page.Snippets.Where(snippet => snippet is { Language: "csharp", Name: not null }).Select(snippet => $"{page.Path}#{snippet.Name}"))
            .Order(StringComparer.Ordinal).ShouldBe(used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_other_one_was_compiled() =>
        Directory.GetFiles(strangers["Snippets"], "*_*.cs").Length.ShouldBeGreaterThan(30);

    [GeneratedRegex(@"//@ (\S+#.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Named();
}
