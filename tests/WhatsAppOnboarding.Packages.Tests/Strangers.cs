using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

[assembly: AssemblyFixture(typeof(WhatsAppOnboarding.Packages.Tests.Strangers))]

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>
/// What strangers have who followed the docs to the letter, each in a project of its own and all built once: where a file of theirs has a line <c>//@ docs/stores.md#model</c>,
/// the snippet of that name stands as the page shows it, with the names of their own in place of the page's examples.
/// </summary>
public sealed class Strangers : IAsyncLifetime
{
    /// <summary>Where the front end of the stranger with a front end is.</summary>
    public static readonly string FrontEnd = $"http://localhost:{LocalHost.FreeAddress().Port}";

    private static readonly string Version = Environment.GetEnvironmentVariable("WHATSAPP_TESTS_PACKED")!;

    private static readonly string Feed = Environment.GetEnvironmentVariable("WHATSAPP_TESTS_FEED")!;

    private static readonly Dictionary<string, string> Versions = XDocument.Load(Path.Combine(DocsPage.Root, "src/Directory.Packages.props")).Descendants("PackageVersion")
        .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);

    private readonly string _folder = Directory.CreateTempSubdirectory("strangers-").FullName;

    /// <summary>How many lines are typed from an empty folder to the end of the README's first screen: commands, and what differs from the file that dotnet new made.</summary>
    public int LinesOfReadme { get; private set; }

    /// <summary>The folder of one of them.</summary>
    public string this[string name] => Path.Combine(_folder, name);

    public async ValueTask InitializeAsync()
    {
        File.Copy(Path.Combine(AppContext.BaseDirectory, "nuget.config"), this["nuget.config"]);
        await Task.WhenAll(MakeShopAsync(), MakeFromTemplateAsync());
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Strangers"), "*", SearchOption.AllDirectories))
        {
            var made = Path.Combine(_folder, Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "Strangers"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(made)!);
            await File.WriteAllTextAsync(made, Filled(await File.ReadAllTextAsync(file)));
        }

        DocsSnippets.Write(this["Snippets"]);
        await FollowReadmeAsync();
        await DotnetAsync(".", ["build", "Strangers.slnx", "-warnaserror", "--nologo", "-v", "quiet"]);
    }

    /// <summary>Starts what was built as its author does, without building it again.</summary>
    public async Task<StrangersHost> StartAsync(string name, params string[] arguments)
    {
        var (address, meta) = (LocalHost.FreeAddress(), LocalHost.FreeAddress());
        var start = new ProcessStartInfo("dotnet", [$"bin/Debug/net10.0/{name}.dll", "--urls", address.GetLeftPart(UriPartial.Authority), "--EmulatorPort", $"{meta.Port}", .. arguments]) { WorkingDirectory = this[name] };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        var host = new StrangersHost(Process.Start(start)!, address, meta);
        await host.UntilItAnswersAsync();
        return host;
    }

    /// <summary>Runs a command that a page names, with the version of the packages under test, and without what building once makes unneeded.</summary>
    public Task RunAsync(string name, string command)
    {
        string[] words = command.Split(' ');
        words.Length.ShouldBeGreaterThan(1, command);
        return words is ["dotnet", "add", "package", var package]
            ? DotnetAsync(name, ["add", "package", package, "--version", package.StartsWith("WhatsAppOnboarding", StringComparison.Ordinal) ? Version : Versions[package], "--no-restore"])
            : DotnetAsync(name, words[1..]);
    }

    /// <summary>Runs <c>dotnet</c> and asks for success.</summary>
    public async Task<string> DotnetAsync(string name, string[] arguments, IDictionary<string, string>? environment = null, string program = "dotnet")
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = this[name], RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{output}\n{await error}");
        return output;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>The first screen of the README, from an empty folder.</summary>
    private async Task MakeShopAsync()
    {
        string[] commands = DocsPage.Of("README.md").Snippet("install").Typed;
        await RunAsync(".", commands[0]);
        commands[1].ShouldBe("cd Shop");
        foreach (var command in commands[2..])
            await RunAsync("Shop", command);
    }

    /// <summary>The README's program with what it says next, and a route of the stranger's own.</summary>
    private async Task FollowReadmeAsync()
    {
        var readme = DocsPage.Of("README.md");
        var program = readme.Snippet("program");
        var (before, after) = (program.Typed.Single(line => line.StartsWith("builder.Services.AddWhatsAppOnboarding(", StringComparison.Ordinal)), readme.Snippet("handler").Text);
        LinesOfReadme = readme.Snippet("install").Typed.Length + program.TypedInto(await File.ReadAllTextAsync(this["Shop/Program.cs"])) + readme.Snippet("run").Typed.Length;
        await File.WriteAllTextAsync(this["Shop/Program.cs"], program.Text.Replace(before, after, StringComparison.Ordinal).Replace("app.Run();", "app.MapReminder();\napp.Run();", StringComparison.Ordinal));
        await File.WriteAllTextAsync(this["Shop/Chat.cs"], readme.Snippet("chat").Text);
    }

    private async Task MakeFromTemplateAsync()
    {
        await DotnetAsync(".", ["new", "install", Path.Combine(Feed, $"WhatsAppOnboarding.Templates.{Version}.nupkg"), "--debug:custom-hive", this["hive"]]);
        await DotnetAsync(".", ["new", "whatsapp-onboarding", "--name", "my-shop", "--auth", "bearer", "--debug:custom-hive", this["hive"]]);
    }

    private static string Filled(string text)
    {
        text = Regex.Replace(text, @"^([ \t]*)//@ (\S+)#(.+?)\r?$", found => Indented(DocsPage.Of(found.Groups[2].Value).Snippet(found.Groups[3].Value).Text, found.Groups[1].Value), RegexOptions.Multiline);
        text = Regex.Replace(text, @"Include=""([\w.]+)"" />", found => found.Groups[1].Value is var package && package.StartsWith("WhatsAppOnboarding", StringComparison.Ordinal) ? $@"Include=""{package}"" Version=""{Version}"" />"
            : Versions.TryGetValue(package, out var version) ? $@"Include=""{package}"" Version=""{version}"" />" : found.Value);
        return text.Replace("https://app.example.com", FrontEnd, StringComparison.Ordinal);
    }

    private static string Indented(string text, string indent) => indent + text.Replace("\n", "\n" + indent, StringComparison.Ordinal);
}
