using System.Text.RegularExpressions;

namespace WhatsAppOnboarding.Tests.Conventions;

/// <summary>The first screen of the README is the text of the smallest sample, which runs.</summary>
public sealed class ReadmeTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(SourceCode.Folder, ".."));

    [Theory]
    [InlineData("csharp", "AddWhatsAppOnboarding(builder")]
    [InlineData("html", "<whatsapp-connect")]
    public void Its_first_block_of_each_language_stands_in_the_sample_line_by_line(string language, string holds)
    {
        var readme = File.ReadAllText(Path.Combine(Root, "README.md")).ReplaceLineEndings("\n");
        var sample = Lines(File.ReadAllText(Path.Combine(Root, "samples/Minimal/Program.cs")));
        var block = Regex.Match(readme, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

        block.ShouldContain(holds);
        foreach (var part in block.Split("\n\n"))
            sample.ShouldContain(Lines(part));
    }

    /// <summary>Without indents and comments; what C# puts into a page is an ellipsis.</summary>
    private static string Lines(string text) =>
        $"\n{string.Join('\n', text.ReplaceLineEndings("\n").Trim().Split('\n').Select(line => Regex.Replace(Regex.Replace(line, @"(^|\s)//.*", ""), @"(?<=="")\{.*?\}(?="")", "…").Trim()))}\n";
}
