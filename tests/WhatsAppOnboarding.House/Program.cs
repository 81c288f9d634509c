using System.Diagnostics;
using System.Globalization;
using WhatsAppOnboarding.House;

if (args is [Stories.Command])
    return await Stories.RunAsync();

var measures = new List<Measure>();
var files = SourceFiles.Read();
var lengths = files.Values.Select(lines => lines.Length).Order().ToArray();
var net = files.Values.Sum(lines => lines.Count(SourceFiles.IsNet));
var types = files.Values.Sum(SourceFiles.TypesIn);
var exported = LibraryTypes.Public();
Add(new("files", files.Count));
Add(new("lines", lengths.Sum()));
Add(new("net lines", net));
Add(new("types", types));
Add(new("net lines a type", (double)net / types, AtLeast: 18));
Add(new("median lines of a file", (lengths[(lengths.Length - 1) / 2] + lengths[lengths.Length / 2]) / 2.0, AtLeast: 55));
Add(new("longest file", lengths[^1], AtMost: 200));
Add(new("injected classes", LibraryTypes.Injected().Length, AtMost: 89));
Add(new("public types", exported.Length, AtMost: 132));
Add(new("namespaces of public types", LibraryTypes.NamespacesOf(exported).Length, AtMost: 5));
var small = files.Where(file => file.Value.Length < 25).Select(file => file.Key).Order(StringComparer.Ordinal).ToArray();
Add(new("files under 25 lines", small.Length));
if (args.Contains("--names"))
    Say(small);

var told = RunStories();
foreach (var (story, limit) in Stories.Limits)
{
    Add(new($"files that run in a {story}", told[story].Length, AtMost: limit));
    if (args.Contains("--names"))
        Say(told[story]);
}

return args.Contains("--report") || measures.TrueForAll(measure => measure.Holds) ? 0 : 1;

void Add(Measure measure)
{
    measures.Add(measure);
    Console.WriteLine(measure);
}

static void Say(IEnumerable<string> names)
{
    foreach (var name in names)
        Console.WriteLine("    " + name);
}

// In a process of its own, which loads the instrumented library.
static Dictionary<string, string[]> RunStories()
{
    using var copy = new InstrumentedCopy();
    using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(copy.Folder, "WhatsAppOnboarding.House.dll"), Stories.Command]) { RedirectStandardOutput = true })!;
    var output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0)
        throw new InvalidOperationException("The stories could not be told: " + output);
    return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToDictionary(line => line[0], line => line[1..]);
}

/// <summary>A number of the house, and the limit that the plan sets it, if it does.</summary>
internal sealed record Measure(string Name, double Value, double? AtMost = null, double? AtLeast = null)
{
    public bool Holds => !(Value > AtMost) && !(Value < AtLeast);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name,-44}{Value,10:0.#}   {Limit,-10}{(Limit.Length == 0 ? "" : Holds ? "holds" : "DOES NOT HOLD")}").TrimEnd();

    private string Limit => string.Create(CultureInfo.InvariantCulture, $"{(AtMost is { } most ? $"<= {most}" : AtLeast is { } least ? $">= {least}" : "")}");
}
