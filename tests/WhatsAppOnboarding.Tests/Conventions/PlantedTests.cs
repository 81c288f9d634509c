using Microsoft.CodeAnalysis.CSharp;

namespace WhatsAppOnboarding.Tests.Conventions;

/// <summary>Plants what the rules forbid, each in a file in Graph, to see that it is found.</summary>
public sealed class PlantedTests
{
    private const string InRoot = "namespace WhatsAppOnboarding; public sealed class PlantedOptions { public int Depth { get; set; } }";

    /// <summary>As public types do, it has the namespace of the root, whatever its folder.</summary>
    private const string InDisconnect = """
        namespace WhatsAppOnboarding;
        public sealed class PlantedResult { public int Count; public static PlantedResult operator +(PlantedResult one, PlantedResult other) => one; }
        public static class PlantedResults { public static int Twice(this string text) => 2; public static PlantedResult[] All() => []; }
        """;

    private const string InVocabulary = "namespace WhatsAppOnboarding.Vocabulary; public static class PlantedWords { public static PlantedResult? Last; public static string Word = \"\"; }";

    [Fact]
    public void An_options_type_of_the_root_is_found_though_nothing_in_the_file_names_the_root() =>
        Found("internal sealed class Planted(PlantedOptions options) { public int Depth => options.Depth; }").ShouldBe(["PlantedOptions", "PlantedOptions.Depth"]);

    [Fact]
    public void A_name_written_out_in_full_is_found() =>
        Found("internal sealed class Planted { private readonly global::WhatsAppOnboarding.PlantedResult? _result; }").ShouldBe(["PlantedResult"]);

    [Theory]
    [InlineData("public object A() { var all = PlantedResults.All(); return all; }", "PlantedResult", "PlantedResults", "PlantedResults.All()")]
    [InlineData("public int A() => Vocabulary.PlantedWords.Last!.Count;", "PlantedResult.Count")]
    [InlineData("public object? A() { var last = Vocabulary.PlantedWords.Last; return last; }", "PlantedResult")]
    [InlineData("public object? A() => Vocabulary.PlantedWords.Last! + Vocabulary.PlantedWords.Last;", "PlantedResult.operator +(PlantedResult, PlantedResult)")]
    [InlineData("public int A() => Vocabulary.PlantedWords.Word.Twice();", "PlantedResults.Twice(string)")]
    public void What_the_file_does_not_name_is_found(string member, params string[] expected) =>
        Found($"internal sealed class Planted {{ {member} }}").ShouldBe(expected);

    [Fact]
    public void What_a_row_allows_is_not_reported() =>
        Found("internal sealed class Planted { public string A() => Vocabulary.PlantedWords.Word; }").ShouldBeEmpty();

    /// <summary>What a file in Graph with this type uses, and no row allows.</summary>
    private static string[] Found(string planted)
    {
        var trees = new[] { (InRoot, "Planted.cs"), (InDisconnect, "Disconnect/Planted.cs"), (InVocabulary, "Vocabulary/Planted.cs"), ($"namespace WhatsAppOnboarding.Graph; {planted}", "Graph/Planted.cs") }
            .Select(file => SourceCode.Parse(file.Item1, Path.Combine(SourceCode.Folder, SourceCode.Core, file.Item2))).ToArray();
        var package = CSharpCompilation.Create("Planted", trees, SourceCode.Packages[0].References);
        return [.. FolderRules.Forbidden(Uses.In(package, trees[^1]).Uses).Select(use => use.Symbol).Order(StringComparer.Ordinal)];
    }
}
