using System.IO.Compression;
using System.Xml.Linq;

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>What a package is, as NuGet reads it: its contents, what it asks for, and what its page shows.</summary>
public sealed class PackedTests
{
    private static readonly string Version = Environment.GetEnvironmentVariable("WHATSAPP_TESTS_PACKED")!;

    private static readonly string[] Files = [.. Directory.GetFiles(Environment.GetEnvironmentVariable("WHATSAPP_TESTS_FEED")!).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Packages => [.. Files.Where(file => file.EndsWith(".nupkg", StringComparison.Ordinal))];

    [Fact]
    public void The_packages_hold_what_was_approved()
    {
        var held = Files.SelectMany(file => EntriesOf(file).Select(entry => $"{Path.GetFileName(file).Replace($".{Version}", "", StringComparison.Ordinal)}: {entry}"));

        held.ShouldBe(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Contents.txt")));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_what_it_is_and_under_which_licence(string package)
    {
        var metadata = MetadataOf(package);

        Text("version").ShouldBe(Version);
        Text("license").ShouldBe("MIT");
        Text("description").Length.ShouldBeGreaterThan(60);
        Text("tags").ShouldContain("whatsapp");
        Text("releaseNotes").ShouldStartWith("## [");
        metadata.Element(metadata.Name.Namespace + "repository")!.Attribute("type")!.Value.ShouldBe("git");
        var entries = EntriesOf(package).ToArray();
        entries.ShouldContain(Text("readme"));
        entries.ShouldContain(Text("icon"));

        string Text(string name) => metadata.Element(metadata.Name.Namespace + name).ShouldNotBeNull(name).Value;
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_asks_for_the_others_in_its_own_version_alone(string package)
    {
        foreach (var (id, range) in DependenciesOf(package).Where(dependency => dependency.Id.StartsWith("WhatsAppOnboarding", StringComparison.Ordinal)))
            range.ShouldBe($"[{Version}]", id);
    }

    [Fact]
    public void The_stores_take_every_Entity_Framework_Core_of_their_major_version() =>
        DependenciesOf(Files.Single(file => file.EndsWith($"EfCore.{Version}.nupkg", StringComparison.Ordinal)))
            .ShouldBe([("Microsoft.EntityFrameworkCore.Relational", "10.0.0"), ("WhatsAppOnboarding", $"[{Version}]")]);

    private static IEnumerable<(string Id, string Range)> DependenciesOf(string package) =>
        MetadataOf(package).Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(element => (element.Attribute("id")!.Value, element.Attribute("version")!.Value)).Order();

    private static XElement MetadataOf(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        using var nuspec = archive.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Root!.Elements().Single();
    }

    private static IEnumerable<string> EntriesOf(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(entry => entry.FullName).Where(entry => !entry.StartsWith("package/", StringComparison.Ordinal) && entry is not ("_rels/.rels" or "[Content_Types].xml")).Order(StringComparer.Ordinal)];
    }
}
