using System.Collections.Immutable;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WhatsAppOnboarding.Tests.Conventions;

/// <summary>The source of the packages, read from disk and compiled in memory, so that every name in it can be resolved to its declaration.</summary>
internal static class SourceCode
{
    public const string Core = "WhatsAppOnboarding";

    public static readonly string Folder = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src"));

    private static readonly CSharpParseOptions Options = new(LanguageVersion.Latest, DocumentationMode.None);

    private static readonly Lazy<ImmutableArray<CSharpCompilation>> Compiled = new(Compile);

    /// <summary>One compilation a package, the core first.</summary>
    public static ImmutableArray<CSharpCompilation> Packages => Compiled.Value;

    /// <summary>All source files of all packages, with their whole paths.</summary>
    public static IEnumerable<string> Files() => PackageNames().SelectMany(FilesOf);

    public static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, Options, path);

    /// <summary>Where a file stands below the source folder; null for what was made here and stands nowhere.</summary>
    public static string? RelativePath(string path) => path.Length == 0 ? null : Path.GetRelativePath(Folder, path).Replace(Path.DirectorySeparatorChar, '/');

    private static ImmutableArray<CSharpCompilation> Compile()
    {
        var references = References();
        var core = Compile(Core, references);
        return [core, .. PackageNames().Where(name => name != Core).Select(name => Compile(name, [.. references, core.ToMetadataReference()]))];
    }

    private static CSharpCompilation Compile(string package, IEnumerable<MetadataReference> references)
    {
        var trees = FilesOf(package).AsParallel().AsOrdered().Select(file => Parse(File.ReadAllText(file), file)).ToArray();
        return CSharpCompilation.Create(
            package,
            [.. trees, Parse(GlobalUsings(package), ""), .. trees.Select(JsonContexts).OfType<SyntaxTree>()],
            references,
            // Without the analysis of nulls, which says nothing about who is used and takes as long as all the rest.
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Disable));
    }

    private static IEnumerable<string> PackageNames() =>
        Directory.GetDirectories(Folder, Core + "*").Where(folder => FilesOf(folder).Any()).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> FilesOf(string package) =>
        Directory.GetFiles(Path.Combine(Folder, package), "*.cs", SearchOption.AllDirectories)
            .Where(file => !RelativePath(file)!.Split('/').Any(folder => folder is "obj" or "bin"))
            .Order(StringComparer.Ordinal);

    /// <summary>All that this test host could load, but the packages themselves.</summary>
    private static MetadataReference[] References() =>
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !Path.GetFileName(path).StartsWith(Core, StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>What the SDK and the project file use in every file.</summary>
    private static string GlobalUsings(string package)
    {
        var project = XDocument.Load(Path.Combine(Folder, package, package + ".csproj"));
        string[] sdk = ["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks"];
        return string.Concat(sdk.Concat(project.Descendants("Using").Select(item => item.Attribute("Include")!.Value)).Select(name => $"global using {name};"));
    }

    /// <summary>Stands in for the JSON source generator, so that what is read with its contexts has a type.</summary>
    private static SyntaxTree? JsonContexts(SyntaxTree tree)
    {
        var root = tree.GetCompilationUnitRoot();
        var contexts = root.DescendantNodes().OfType<ClassDeclarationSyntax>()
            .Where(type => type.BaseList?.Types.Any(parent => parent.ToString() == "JsonSerializerContext") == true).ToArray();
        return contexts.Length == 0 ? null : Parse(
            $"{root.Usings}\nnamespace {root.Members.OfType<FileScopedNamespaceDeclarationSyntax>().Single().Name};\n" + string.Concat(contexts.Select(JsonContext)), "");
    }

    private static string JsonContext(ClassDeclarationSyntax type)
    {
        var name = type.Identifier.Text;
        var types = type.AttributeLists.SelectMany(list => list.Attributes).Where(attribute => attribute.Name.ToString() == "JsonSerializable")
            .Select(attribute => attribute.DescendantNodes().OfType<TypeOfExpressionSyntax>().First().Type);
        const string Info = "System.Text.Json.Serialization.Metadata.JsonTypeInfo";
        return $$"""
            partial class {{name}}
            {
                public {{name}}() : base(null) { }
                public {{name}}(System.Text.Json.JsonSerializerOptions options) : base(options) { }
                public static {{name}} Default => null!;
                protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
                public override {{Info}}? GetTypeInfo(System.Type type) => null;
                {{string.Concat(types.Select(json => $"public {Info}<{json}> {PropertyName(json)} => null!; "))}}
            }
            """;
    }

    private static string PropertyName(TypeSyntax type) => type switch
    {
        PredefinedTypeSyntax predefined => char.ToUpperInvariant(predefined.ToString()[0]) + predefined.ToString()[1..],
        ArrayTypeSyntax array => PropertyName(array.ElementType) + "Array",
        GenericNameSyntax generic => generic.Identifier.Text + string.Concat(generic.TypeArgumentList.Arguments.Select(PropertyName)),
        QualifiedNameSyntax qualified => PropertyName(qualified.Right),
        _ => type.ToString(),
    };
}
