using System.Text.RegularExpressions;

namespace WhatsAppOnboarding.Tests.Conventions;

/// <summary>Who follows a link of the pages from one to another arrives, also at the heading that it names.</summary>
public sealed partial class LinkTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(SourceCode.Folder, ".."));

    [Fact]
    public void Every_link_of_the_pages_leads_to_a_file_and_a_heading_that_there_are()
    {
        string[] pages = [.. Directory.EnumerateFiles(Root, "*.md", SearchOption.AllDirectories).Where(path => !Path.GetRelativePath(Root, path).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" or "artifacts" or ".git"))];
        var links = pages.SelectMany(page => Link().Matches(Prose(page)).Select(found => (Page: page, To: found.Groups[1].Value))).Where(link => !link.To.Contains("://", StringComparison.Ordinal)).ToArray();

        links.Length.ShouldBeGreaterThan(200);
        links.Where(link => !Arrives(link.Page, link.To)).Select(link => $"{Path.GetRelativePath(Root, link.Page)}: {link.To}").ShouldBeEmpty();
    }

    private static bool Arrives(string page, string to)
    {
        var (file, heading) = to.Split('#') is [var path, var name] ? (path, name) : (to, null);
        var target = file.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, file));
        return heading is null ? Path.Exists(target) : File.Exists(target) && Heading().Matches(Prose(target)).Select(found => Anchor(found.Groups[1].Value)).Contains(heading);
    }

    private static string Prose(string page) => Fence().Replace(File.ReadAllText(page).ReplaceLineEndings("\n"), "");

    /// <summary>As GitHub makes it of a heading.</summary>
    private static string Anchor(string heading) => NoLetter().Replace(Link().Replace(heading, "]").Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoLetter();
}
