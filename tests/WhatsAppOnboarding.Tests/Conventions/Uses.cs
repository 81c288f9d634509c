using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace WhatsAppOnboarding.Tests.Conventions;

/// <summary>That a file uses something that is declared in another folder.</summary>
/// <param name="File">The using file, below the source folder.</param>
/// <param name="Line">The first line that does.</param>
/// <param name="Symbol">What is used.</param>
/// <param name="Declared">The file that declares it, below the source folder.</param>
internal sealed record Use(string File, int Line, string Symbol, string Declared)
{
    public override string ToString() => $"{File}:{Line} uses {Symbol} of {Declared}";
}

/// <summary>Finds what each file uses: types that are named or inferred, members, extension methods, operators. Comments do not count.</summary>
internal static class Uses
{
    private static readonly Lazy<(Use[] Uses, string[] Unresolved)[]> Found = new(() => [.. SourceCode.Packages.SelectMany(package =>
        package.SyntaxTrees.Where(tree => tree.FilePath.Length > 0).AsParallel().AsOrdered().Select(tree => In(package, tree)))]);

    /// <summary>All uses between files of different folders.</summary>
    public static IEnumerable<Use> All => Found.Value.SelectMany(file => file.Uses);

    /// <summary>Names that could not be resolved. Behind one of them a use may hide.</summary>
    public static IEnumerable<string> Unresolved => Found.Value.SelectMany(file => file.Unresolved);

    /// <summary>The uses in one file.</summary>
    public static (Use[] Uses, string[] Unresolved) In(CSharpCompilation package, SyntaxTree tree)
    {
        var file = SourceCode.RelativePath(tree.FilePath)!;
        var folder = Path.GetDirectoryName(file)!;
        var model = package.GetSemanticModel(tree);
        var uses = new Dictionary<(string, string), Use>();
        var unresolved = new List<string>();
        foreach (var node in tree.GetRoot().DescendantNodes().Where(MayRefer))
        {
            var info = model.GetSymbolInfo(node);
            if (node is SimpleNameSyntax && info.Symbol is null && info.CandidateSymbols.IsEmpty && node.ToString() is not ("nameof" or "notnull" or "unmanaged" or "_"))
                unresolved.Add($"{file}:{LineOf(node)} {node}");
            foreach (var symbol in SymbolsOf(info))
            {
                if (DeclarationOf(symbol, folder) is { } declared && symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat) is var name)
                    uses.TryAdd((name, declared), new Use(file, LineOf(node), name, declared));
            }
        }

        return ([.. uses.Values], [.. unresolved]);
    }

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>Names stand for types, members and, as <c>var</c>, for inferred types; the others refer to a member without naming it.</summary>
    private static bool MayRefer(SyntaxNode node) => node
        is SimpleNameSyntax
        or BaseObjectCreationExpressionSyntax
        or ConstructorInitializerSyntax
        or ElementAccessExpressionSyntax
        or ElementBindingExpressionSyntax
        or ImplicitElementAccessSyntax
        or BinaryExpressionSyntax
        or PrefixUnaryExpressionSyntax
        or PostfixUnaryExpressionSyntax
        or AssignmentExpressionSyntax
        or CastExpressionSyntax;

    private static IEnumerable<ISymbol> SymbolsOf(SymbolInfo info) =>
        (info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols).Where(found => found is not INamespaceSymbol).SelectMany(Parts);

    /// <summary>A type and all that it is made of: <c>var</c> may stand for a list of something.</summary>
    private static IEnumerable<ISymbol> Parts(ISymbol symbol) => symbol switch
    {
        IArrayTypeSymbol array => Parts(array.ElementType),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.SelectMany(element => Parts(element.Type)),
        INamedTypeSymbol type => type.TypeArguments.SelectMany(Parts).Prepend(type.OriginalDefinition),
        IMethodSymbol { ReducedFrom: { } extension } => [extension],
        _ => [symbol],
    };

    /// <summary>The file that declares a symbol, if it stands in another folder. A type of several files is at home in each of their folders.</summary>
    private static string? DeclarationOf(ISymbol symbol, string folder)
    {
        var files = symbol.Locations.Where(location => location.IsInSource).Select(location => SourceCode.RelativePath(location.SourceTree!.FilePath)).OfType<string>().ToArray();
        return files.Any(file => Path.GetDirectoryName(file) == folder) ? null : files.FirstOrDefault();
    }
}
