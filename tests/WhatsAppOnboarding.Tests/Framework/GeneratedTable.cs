using System.Runtime.CompilerServices;

namespace WhatsAppOnboarding.Tests.Framework;

/// <summary>A table in a page of the docs that is made from the code. WHATSAPP_TESTS_APPROVE=1 writes it instead of comparing.</summary>
internal static class GeneratedTable
{
    private const string End = "<!-- end of generated table -->";

    public static void ShouldStandIn(string page, string name, string[] now)
    {
        var path = PathOf(page);
        string[] then = File.ReadAllLines(path);
        var start = Array.IndexOf(then, $"<!-- generated table: {name} -->") + 1;
        var end = Array.IndexOf(then, End, start);
        start.ShouldBeGreaterThan(0, "the page has lost the mark where the table begins");
        end.ShouldBeGreaterThan(0, "the page has lost the mark where the table ends");

        if (Environment.GetEnvironmentVariable("WHATSAPP_TESTS_APPROVE") == "1")
        {
            File.WriteAllLines(path, [.. then[..start], .. now, .. then[end..]]);
            return;
        }

        var written = then[start..end];
        now.Except(written).Select(line => "+ " + line).Concat(written.Except(now).Select(line => "- " + line))
            .ShouldBeEmpty($"docs/{page} is not what the code says. If the code is right, run this test once with WHATSAPP_TESTS_APPROVE=1 and commit the page.");
        written.ShouldBe(now);
    }

    public static string Line(params string?[] cells) => "|" + string.Concat(cells.Select(cell => string.IsNullOrEmpty(cell) ? " |" : $" {cell} |"));

    private static string PathOf(string page, [CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs", page));
}
