using System.Globalization;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Tests.Framework;
using static WhatsAppOnboarding.Tests.Framework.GeneratedTable;

namespace WhatsAppOnboarding.Tests.Errors;

/// <summary>The tables of docs/errors.md are made from the code. WHATSAPP_TESTS_APPROVE=1 writes them instead of comparing.</summary>
public sealed class ErrorDocsTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");

    [Theory]
    [InlineData("codes")]
    [InlineData("meta")]
    public void The_tables_of_the_error_page_are_what_the_code_says(string name)
    {
        GeneratedTable.ShouldStandIn("errors.md", name, name == "codes" ? Codes() : Meta());
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

    private static string Call(string? where) => where is null ? "any" : $"`{where}`";

    private static string Code(MetaErrorRow row) => row.LastCode == MetaErrorRow.AnyCode ? "any" : row.LastCode == row.Code ? row.Code.ToString(English) : $"{row.Code}–{row.LastCode}";

    private static string Word(RetryAdvice advice) => advice switch
    {
        RetryAdvice.Never => "never",
        RetryAdvice.StartAgain => "start again",
        RetryAdvice.Later => "later",
        _ => "after a fix",
    };
}
