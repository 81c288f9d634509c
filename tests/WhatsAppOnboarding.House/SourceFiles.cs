using System.Text.RegularExpressions;

namespace WhatsAppOnboarding.House;

/// <summary>The source of the library, counted as text.</summary>
internal static partial class SourceFiles
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src/WhatsAppOnboarding")) + Path.DirectorySeparatorChar;

    /// <summary>Each file below the project's folder, with its lines.</summary>
    public static IReadOnlyDictionary<string, string[]> Read() =>
        Directory.GetFiles(Folder, "*.cs", SearchOption.AllDirectories).Where(file => NameOf(file) is not null).ToDictionary(file => NameOf(file)!, File.ReadAllLines);

    /// <summary>The name of a file below the project's folder; null for one that stands elsewhere or was generated.</summary>
    public static string? NameOf(string path)
    {
        const string Project = "/src/WhatsAppOnboarding/";
        path = path.Replace('\\', '/');
        var at = path.LastIndexOf(Project, StringComparison.Ordinal);
        var name = at < 0 ? null : path[(at + Project.Length)..];
        return name is null || name.StartsWith("obj/", StringComparison.Ordinal) || name.StartsWith("bin/", StringComparison.Ordinal) ? null : name;
    }

    /// <summary>A line that says something: not blank, not a comment, not a using or namespace directive, not punctuation alone.</summary>
    public static bool IsNet(string line) => line.Trim() is { Length: > 0 } text
        && !text.StartsWith("//", StringComparison.Ordinal) && !Directive().IsMatch(text) && text.Any(char.IsLetterOrDigit);

    /// <summary>How many types a file declares, nested ones and delegates too.</summary>
    public static int TypesIn(string[] lines) => lines.Count(line => TypeDeclaration().IsMatch(line));

    [GeneratedRegex(@"^(?:using|namespace) [A-Za-z.]+(?: = [^;]+)?;$|^using static ")]
    private static partial Regex Directive();

    [GeneratedRegex(@"^\s*(?:(?:public|internal|private|protected|file|sealed|static|abstract|readonly|partial|ref|unsafe)\s+)+(?:class|record|struct|interface|enum|delegate)\s")]
    private static partial Regex TypeDeclaration();
}
