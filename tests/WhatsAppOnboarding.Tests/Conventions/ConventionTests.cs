using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Logging;

namespace WhatsAppOnboarding.Tests.Conventions;

/// <summary>The house as its plan says it: what is public, where it is found, how big a file may be. Who may know whom: <see cref="FolderTests"/>.</summary>
public sealed class ConventionTests
{
    /// <summary>Where public types are found, whatever their folder.</summary>
    private static readonly string[] PublicNamespaces =
        ["WhatsAppOnboarding", "WhatsAppOnboarding.Webhooks", "WhatsAppOnboarding.Graph", "WhatsAppOnboarding.Stores", "WhatsAppOnboarding.Testing"];

    /// <summary>Where extension methods are found by everybody who writes a web application, without a line that asks for them.</summary>
    private static readonly string[] OfferedNamespaces = ["Microsoft.AspNetCore.Builder", "Microsoft.Extensions.DependencyInjection"];

    [Fact]
    public void What_is_public_is_found_in_five_namespaces() =>
        TypesByFile().SelectMany(file => file).Where(IsPublic).Select(NamespaceOf).Distinct().Except(PublicNamespaces).ShouldBe(OfferedNamespaces, ignoreOrder: true);

    [Fact]
    public void What_is_internal_has_its_folder_for_a_namespace() =>
        TypesByFile().Where(file => !file.Any(IsPublic))
            .SelectMany(file => file.Select(NamespaceOf).Where(name => !IsFolder(file.Key, name)).Select(name => $"{file.Key}: {name}"))
            .ShouldBeEmptyList();

    [Fact]
    public void No_file_is_over_200_lines() =>
        SourceCode.Files().Where(file => File.ReadAllText(file).AsSpan().Count('\n') > 200).ShouldBeEmptyList();

    [Theory]
    [InlineData("WhatsAppOnboarding")]
    [InlineData("WhatsAppOnboarding.Testing")]
    public void What_is_public_is_sealed_static_or_an_interface(string assembly)
    {
        foreach (var type in Assembly.Load(assembly).GetExportedTypes().Where(type => type.IsClass && !type.IsSealed))
            type.Name.ShouldBe("EventContent");
    }

    [Fact]
    public void What_is_asynchronous_says_so_and_can_be_cancelled()
    {
        foreach (var method in Assembly.Load("WhatsAppOnboarding").GetExportedTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)))
        {
            if (!typeof(Task).IsAssignableFrom(method.ReturnType))
                continue;
            method.Name.ShouldEndWith("Async", Case.Sensitive, method.DeclaringType!.Name);
            method.GetParameters()[^1].ParameterType.ShouldBe(typeof(CancellationToken), method.Name);
        }
    }

    [Fact]
    public void Every_log_line_has_an_event_id_of_its_own()
    {
        var ids = Assembly.Load(SourceCode.Core).GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => (Name: $"{method.DeclaringType!.FullName}.{method.Name}", Line: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(method => method.Line is not null)
            .ToArray();

        ids.Length.ShouldBeGreaterThan(50);
        ids.ShouldAllBe(method => method.Line!.EventId > 0);
        ids.GroupBy(method => method.Line!.EventId).Where(same => same.Count() > 1)
            .Select(same => $"{same.Key}: {string.Join(", ", same.Select(method => method.Name))}").ShouldBeEmptyList();
    }

    /// <summary>The top-level types of each file, under its path below the source folder.</summary>
    private static IEnumerable<IGrouping<string, INamedTypeSymbol>> TypesByFile() =>
        from package in SourceCode.Packages
        from type in package.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>()
        where type.ContainingType is null
        from location in type.Locations
        let file = SourceCode.RelativePath(location.SourceTree!.FilePath)
        where file is not null
        group type by file;

    /// <summary>In the core the top-level folder, in which inner ones are only rooms; elsewhere the folder.</summary>
    private static bool IsFolder(string file, string name)
    {
        var folder = Path.GetDirectoryName(file)!.Replace(Path.DirectorySeparatorChar, '.');
        return name == (file.StartsWith(SourceCode.Core + "/", StringComparison.Ordinal) ? string.Join('.', folder.Split('.').Take(2)) : folder);
    }

    private static bool IsPublic(INamedTypeSymbol type) => type.DeclaredAccessibility == Accessibility.Public;

    private static string NamespaceOf(INamedTypeSymbol type) => type.ContainingNamespace.ToDisplayString();
}
