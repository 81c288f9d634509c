using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using WebHost.Languages;

namespace WhatsAppOnboarding.EfCore.Tests.Sample;

/// <summary>Whatever the sample says is in each of its languages.</summary>
public sealed partial class WordsTests
{
    private static readonly string Source = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../samples/WebHost"));

    /// <summary>Words that are the same in another language.</summary>
    private static readonly string[] Alike =
    [
        "Chat", "Total", "Video", "Sticker", "marketing", "Link", "{0} (Meta error {1})", "Emulator",
    ];

    public static TheoryData<string> Others => [.. LanguageSetup.All.Select(language => language.Code).Skip(1)];

    [Theory, MemberData(nameof(Others))]
    public void Every_sentence_is_in_the_table_of_the_language_and_none_that_nobody_says(string language)
    {
        var table = TableOf(language);

        Said().Except(table.Keys).ShouldBeEmpty("Add them to Words." + language + ".resx");
        table.Keys.Except(Said()).ShouldBeEmpty("Nobody says them");
        table.Where(pair => pair.Value.Length is 0 || (pair.Value == pair.Key && !Alike.Contains(pair.Key))).Select(pair => pair.Key).ShouldBeEmpty("They are not translated");
    }

    [Theory, MemberData(nameof(Others))]
    public void Every_sentence_fills_in_what_the_English_one_does(string language) =>
        TableOf(language).Where(pair => !PlacesOf(pair.Key).SequenceEqual(PlacesOf(pair.Value))).Select(pair => pair.Key).ShouldBeEmpty();

    private static Dictionary<string, string> TableOf(string language)
    {
        var words = new ResourceManager(typeof(Words)).GetResourceSet(CultureInfo.GetCultureInfo(language), createIfNotExists: true, tryParents: false).ShouldNotBeNull();
        return words.Cast<System.Collections.DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);
    }

    private static HashSet<string> Said() =>
    [
        .. Directory.EnumerateFiles(Source, "*.cs*", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Source, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .SelectMany(file => Sentence().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["said"].Value),
    ];

    private static IEnumerable<string> PlacesOf(string sentence) => Place().Matches(sentence).Select(match => match.Value).Order(StringComparer.Ordinal);

    /// <summary>What is asked for by name, and what the rules of a form say.</summary>
    [GeneratedRegex("""(?:\b_?[Ww]ords|\bMarked|IStringLocalizer<Words>>\(\))\[\s*"(?<said>[^"]+)"|ErrorMessage[ ]=[ ]"(?<said>[^"]+)" """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace, 2_000)]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\{\d+[^}]*\}")]
    private static partial Regex Place();
}
