using System.Globalization;
using System.Runtime.CompilerServices;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Graph;

namespace WhatsAppOnboarding.Tests.Errors;

/// <summary>The tables of docs/errors.md are made from the code. WHATSAPP_TESTS_APPROVE=1 writes them instead of comparing.</summary>
public sealed class ErrorDocsTests
{
    private const string End = "<!-- end of generated table -->";

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    [Theory]
    [InlineData("codes")]
    [InlineData("meta")]
    public void The_tables_of_the_error_page_are_what_the_code_says(string name)
    {
        var page = Page();
        string[] then = File.ReadAllLines(page);
        var start = Array.IndexOf(then, $"<!-- generated table: {name} -->") + 1;
        var end = Array.IndexOf(then, End, start);
        start.ShouldBeGreaterThan(0, "the page has lost the mark where the table begins");
        end.ShouldBeGreaterThan(0, "the page has lost the mark where the table ends");
        string[] now = name == "codes" ? Codes() : Meta();

        if (Environment.GetEnvironmentVariable("WHATSAPP_TESTS_APPROVE") == "1")
        {
            File.WriteAllLines(page, [.. then[..start], .. now, .. then[end..]]);
            return;
        }

        var written = then[start..end];
        now.Except(written).Select(line => "+ " + line).Concat(written.Except(now).Select(line => "- " + line))
            .ShouldBeEmpty("docs/errors.md is not what the code says. If the code is right, run this test once with WHATSAPP_TESTS_APPROVE=1 and commit the page.");
        written.ShouldBe(now);
    }

    private static string[] Codes() =>
    [
        Line("code", "status", "again?", "what people are told", "next step"),
        Line("---", "---", "---", "---", "---"),
        .. ErrorCatalogue.All.Select(row => ErrorCatalogue.Find(row.Code, English)).Append(ErrorCatalogue.Find(null, English))
            .Select(text => Line($"`{text.Code}`", text.HttpStatus.ToString(English), Word(text.Retry), text.Message, text.Action)),
    ];

    private static string[] Meta() =>
    [
        Line("call", "code", "subcode", "what has happened", "told as", "again?", "what the operator can do"),
        Line("---", "---", "---", "---", "---", "---", "---"),
        .. MetaErrors.All.Select(row => Line(
            Call(row.Where), Code(row), row.Subcode?.ToString(English), row.Cause, $"`{row.Stable}`", Word(row.Retry), row.Cure)),
    ];

    private static string Line(params string?[] cells) => "|" + string.Concat(cells.Select(cell => string.IsNullOrEmpty(cell) ? " |" : $" {cell} |"));

    private static string Call(string? where) => where is null ? "any" : $"`{where}`";

    private static string Code(MetaErrorRow row) => row.LastCode == row.Code ? row.Code.ToString(English) : $"{row.Code}–{row.LastCode}";

    private static string Word(RetryAdvice advice) => advice switch
    {
        RetryAdvice.Never => "never",
        RetryAdvice.StartAgain => "start again",
        RetryAdvice.Later => "later",
        _ => "after a fix",
    };

    private static string Page([CallerFilePath] string test = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(test)!, "../../../docs/errors.md"));
}
