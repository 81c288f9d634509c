using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Conventions;

/// <summary>The page of licences names all that was restored for the solution, and what comes along with a package may come along.</summary>
public sealed class LicenceDocsTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(SourceCode.Folder, ".."));

    private static readonly string[] Permissive = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "PostgreSQL", "Apache-2.0 OR MPL-2.0"];

    [Theory]
    [InlineData("shipped")]
    [InlineData("others")]
    public void The_page_names_every_package_with_its_licence(string table)
    {
        var used = Projects().SelectMany(Used).ToLookup(package => package.Name);
        var shown = used.Where(uses => uses.Any(use => use.Shipped) == (table == "shipped")).OrderBy(uses => uses.Key, StringComparer.OrdinalIgnoreCase);

        string[] head = table == "shipped" ? ["package", "licence", "comes along with"] : ["package", "licence"];
        GeneratedTable.ShouldStandIn("licences.md", table,
        [
            GeneratedTable.Line(head),
            "|" + string.Concat(head.Select(_ => " --- |")),
            .. shown.Select(uses => GeneratedTable.Line(
                [$"`{uses.Key}`", uses.First().Licence, .. head.Length == 3 ? [string.Join(", ", uses.Where(use => use.Shipped).Select(use => $"`{use.Project}`"))] : Array.Empty<string>()])),
        ]);
    }

    [Fact]
    public void What_comes_along_with_a_package_asks_no_more_than_to_be_named()
    {
        var shipped = Projects().SelectMany(Used).Where(package => package.Shipped).ToArray();

        shipped.ShouldNotBeEmpty();
        shipped.Where(package => !Permissive.Contains(package.Licence)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Projects() =>
        Regex.Matches(File.ReadAllText(Path.Combine(Root, "WhatsAppOnboarding.sln")), @"""([^""]+\.csproj)""").Select(match => match.Groups[1].Value.Replace('\\', '/')).Order(StringComparer.Ordinal);

    private static IEnumerable<Package> Used(string project)
    {
        var assets = JsonNode.Parse(File.ReadAllText(Path.Combine(Root, Path.GetDirectoryName(project)!, "obj/project.assets.json")))!;
        var target = assets["targets"]!.AsObject().First().Value!.AsObject().ToDictionary(library => library.Key.Split('/')[0], library => library.Value!);
        var shipped = new HashSet<string>();
        if (project.StartsWith("src/", StringComparison.Ordinal))
        {
            foreach (var asked in assets["project"]!["frameworks"]!.AsObject().First().Value!["dependencies"]?.AsObject() ?? [])
            {
                if (asked.Value!["suppressParent"] is null)
                    Ship(asked.Key);
            }
        }

        return from library in assets["libraries"]!.AsObject()
               where library.Value!["type"]!.GetValue<string>() == "package"
               let name = library.Key.Split('/')[0]
               select new Package(name, LicenceOf(assets, library.Value!["path"]!.GetValue<string>()), Path.GetFileNameWithoutExtension(project), shipped.Contains(name));

        void Ship(string name)
        {
            if (!target.TryGetValue(name, out var library) || !shipped.Add(name))
                return;
            foreach (var next in library["dependencies"]?.AsObject() ?? [])
                Ship(next.Key);
        }
    }

    private static string LicenceOf(JsonNode assets, string path)
    {
        var folder = assets["packageFolders"]!.AsObject().Select(folder => Path.Combine(folder.Key, path)).First(Directory.Exists);
        var metadata = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single()).Root!.Elements().Single();
        var licence = metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "license");
        return licence?.Attribute("type")?.Value switch
        {
            "expression" => licence.Value,
            "file" => $"in the package: {licence.Value}",
            _ => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == "licenseUrl")?.Value ?? "none",
        };
    }

    private sealed record Package(string Name, string Licence, string Project, bool Shipped);
}
