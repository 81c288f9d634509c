using System.Reflection;
using System.Text.RegularExpressions;

namespace WhatsAppOnboarding.Tests;

/// <summary>The house as its plan says it: who may know whom, what is public, how big a room may be.</summary>
public sealed partial class ConventionTests
{
    private static readonly string Source = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src"));

    /// <summary>Each folder of the core, and the folders that it may use.</summary>
    private static readonly Dictionary<string, string[]> MayKnow = new()
    {
        ["Vocabulary"] = [],
        ["Diagnostics"] = [],
        ["Errors"] = ["Errors.Texts"],
        ["Errors.Texts"] = ["Errors"],
        ["Graph"] = ["Vocabulary", "Diagnostics"],
        ["PhoneNumbers"] = ["Vocabulary", "Errors", "Errors.Texts"],
        ["AccountEvents"] = ["Vocabulary", "PhoneNumbers"],
        ["Steps"] = ["Vocabulary", "Errors", "Graph", "PhoneNumbers"],
        ["Http"] = ["Vocabulary", "Errors", "Errors.Texts"],
        ["Attempts"] = ["Vocabulary", "Errors", "Errors.Texts", "Graph", "PhoneNumbers", "Steps", "Http"],
        ["Grants"] = ["Vocabulary", "Errors", "Graph", "PhoneNumbers", "Steps", "Attempts"],
        ["Connect"] = ["Vocabulary", "Diagnostics", "Errors", "Errors.Texts", "PhoneNumbers", "AccountEvents", "Http", "Attempts", "Grants"],
        ["Status"] = ["Vocabulary", "Errors.Texts", "PhoneNumbers", "Steps", "Http"],
        ["StepRequests"] = ["Vocabulary", "Errors", "Graph", "PhoneNumbers", "Steps", "Http", "Status"],
        ["PinReading"] = ["Vocabulary", "Errors", "PhoneNumbers", "AccountEvents", "Http"],
        ["Disconnect"] = ["Vocabulary", "Diagnostics", "Errors", "Errors.Texts", "Graph", "PhoneNumbers", "AccountEvents", "Steps", "Http", "Attempts", "WebhookLedger"],
        ["Upkeep"] = ["Vocabulary", "PhoneNumbers", "Steps", "Attempts", "MetaNotices", "WebhookLedger"],
        ["Browser"] = [],
        ["Webhooks.Events"] = [],
        ["SignedRequests"] = ["Vocabulary", "Errors", "Errors.Texts", "PhoneNumbers", "MetaNotices", "Http"],
        ["WebhookSetup"] = ["Vocabulary", "Errors", "Graph", "Steps", "Http"],
        ["WebhookLedger"] = ["Vocabulary"],
        ["MetaNotices"] = ["Vocabulary", "Graph", "PhoneNumbers", "AccountEvents", "Webhooks.Events"],
        ["Webhooks.Routing"] = ["PhoneNumbers", "Attempts"],
        ["Webhooks.Handling"] = ["PhoneNumbers", "WebhookLedger", "Webhooks.Routing"],
        ["Webhooks"] = ["Vocabulary", "Diagnostics", "WebhookLedger", "MetaNotices", "Webhooks.Events", "Webhooks.Routing", "Webhooks.Handling"],
    };

    [Fact]
    public void A_folder_knows_only_the_folders_that_it_may_know()
    {
        var used = new HashSet<(string Folder, string Known)>();
        foreach (var file in Directory.GetFiles(Path.Combine(Source, "WhatsAppOnboarding"), "*.cs", SearchOption.AllDirectories).Where(IsSource))
        {
            var folder = Path.GetRelativePath(Path.Combine(Source, "WhatsAppOnboarding"), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            if (folder == ".")
                continue;
            MayKnow.ShouldContainKey(folder, "a new folder needs a line in this test");
            var text = File.ReadAllText(file);
            foreach (var known in Mention().Matches(text).Select(match => FolderOf(match.Groups[1].Value)).OfType<string>().Where(name => name != folder))
            {
                MayKnow[folder].ShouldContain(known, $"{Path.GetFileName(file)} in {folder}");
                used.Add((folder, known));
            }
        }

        // Vocabulary is a global using, so nobody names it.
        MayKnow.SelectMany(pair => pair.Value.Where(known => known != "Vocabulary").Select(known => (pair.Key, known))).Except(used)
            .ShouldBeEmpty("a folder that need not be known must not be allowed");
    }

    [Fact]
    public void The_folder_is_the_namespace_and_no_room_is_over_200_lines()
    {
        foreach (var file in Directory.GetFiles(Source, "*.cs", SearchOption.AllDirectories).Where(IsSource))
        {
            var expected = Path.GetRelativePath(Source, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            var text = File.ReadAllText(file);
            var declared = Declaration().Match(text).Groups[1].Value;
            declared.ShouldBeOneOf(Namespaces(expected), file);
            text.AsSpan().Count('\n').ShouldBeLessThanOrEqualTo(200, file);
        }
    }

    [Fact]
    public void The_emulator_knows_nothing_of_the_library()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Source, "WhatsAppOnboarding.Testing"), "*.cs", SearchOption.AllDirectories).Where(IsSource))
        {
            if (!file.Contains("/Stores/", StringComparison.Ordinal))
                File.ReadAllText(file).ShouldNotMatch(@"using WhatsAppOnboarding(;|\.(?!Testing))", file);
        }
    }

    [Theory]
    [InlineData("WhatsAppOnboarding")]
    [InlineData("WhatsAppOnboarding.Testing")]
    public void What_is_public_is_sealed_static_or_an_interface(string assembly)
    {
        foreach (var type in Assembly.Load(assembly).GetExportedTypes().Where(type => type.IsClass && !type.IsSealed))
            type.Name.ShouldBeOneOf("AccountEvent", "EventContent", "GraphCall`1");
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

    /// <summary>Extension methods stand where one using finds them; the emulator's public face is one namespace.</summary>
    private static string[] Namespaces(string folder) => folder switch
    {
        "WhatsAppOnboarding.EfCore" => ["WhatsAppOnboarding", folder],
        _ when folder.StartsWith("WhatsAppOnboarding.Testing.", StringComparison.Ordinal) => ["WhatsAppOnboarding.Testing", folder],
        _ => [folder],
    };

    /// <summary>The innermost folder that a dotted name begins with.</summary>
    private static string? FolderOf(string name) => MayKnow.Keys.Where(folder => (name + ".").StartsWith(folder + ".", StringComparison.Ordinal)).MaxBy(folder => folder.Length);

    private static bool IsSource(string file) => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal);

    [GeneratedRegex(@"(?:using WhatsAppOnboarding\.|[ (<]WhatsAppOnboarding\.|[ (<])([A-Z][A-Za-z]+(?:\.[A-Z][A-Za-z]+)*)(?:;|\.)")]
    private static partial Regex Mention();

    [GeneratedRegex(@"^namespace ([A-Za-z.]+);", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
