using System.Text;
using WebHost.Chat;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.EfCore.Tests.Sample;

/// <summary>What the sample makes of others' text and files: never more than what they are.</summary>
public sealed class ChatTextTests
{
    private static readonly EnglishWords Words = new();

    [Theory]
    [InlineData("*two* ferns", "[b:two]| ferns")]
    [InlineData("_a *b* c_", "[i:a ]|[bi:b]|[i: c]")]
    [InlineData("~no~ `1*2*3` ```x\ny```", "[s:no]| |[c:1*2*3]| |[c:x\ny]")]
    [InlineData("2*3*4 snake_case_name", "2*3*4 snake_case_name")]
    [InlineData("see https://a.example/x_y_z?q=1, (https://b.example).", "see |<https://a.example/x_y_z?q=1>|,| (|<https://b.example>|).")]
    [InlineData("javascript:alert(1) data:text/html,x ftp://a.example", "javascript:alert(1) data:text/html,x ftp://a.example")]
    [InlineData("https://", "https://")]
    [InlineData("* not *", "* not *")]
    public void Text_has_its_manners_and_only_addresses_of_the_web_are_links(string text, string expected) =>
        string.Join('|', RichText.Parse(text).Select(Show)).ShouldBe(expected);

    [Fact]
    public void A_text_that_is_nothing_but_marks_takes_no_time_and_loses_nothing()
    {
        var text = string.Concat(Enumerable.Repeat("*_~a", 20_000));
        string.Concat(RichText.Parse(text).Select(run => run.Text)).Length.ShouldBeGreaterThan(20_000);
    }

    [Theory]
    [InlineData("\u00ff\u00d8\u00ff\u00e0", "a.html", "image/jpeg", null)]
    [InlineData("<html><script>", "a.png", "application/octet-stream", "WhatsApp does not take this kind of file.")]
    [InlineData("<svg xmlns=", "a.svg", "application/octet-stream", "WhatsApp does not take this kind of file.")]
    [InlineData("%PDF-1.7", "a.pdf", "application/pdf", null)]
    [InlineData("PK\u0003\u0004", "a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", null)]
    [InlineData("PK\u0003\u0004", "a.zip", "application/octet-stream", "WhatsApp does not take this kind of file.")]
    [InlineData("OggS", "a.ogg", "audio/ogg", null)]
    [InlineData("GIF89a", "a.gif", "image/gif", "WhatsApp does not take this kind of file.")]
    [InlineData("a,b", "a.csv", "text/plain", null)]
    public void A_file_is_what_its_bytes_are_whatever_it_is_called(string bytes, string name, string type, string? problem)
    {
        var found = FileType.Of(Encoding.Latin1.GetBytes(bytes), name);
        found.Media.ShouldBe(type);
        (FileLimits.WhyNot(found, bytes.Length, Words)?.StartsWith(problem ?? "-", StringComparison.Ordinal) ?? problem is null).ShouldBeTrue();
    }

    [Fact]
    public void A_file_that_is_too_large_says_so_with_the_limits() =>
        FileLimits.WhyNot(new("image/jpeg", MessageKind.Image), 6 * 1024 * 1024, Words).ShouldBe($"This file is too large: 6 MB. {FileLimits.InWords(Words)}");

    private static string Show(TextRun run)
    {
        var manner = $"{(run.Bold ? "b" : "")}{(run.Italic ? "i" : "")}{(run.Strike ? "s" : "")}{(run.Code ? "c" : "")}";
        return run.Href is not null ? $"<{run.Text}>" : manner.Length > 0 ? $"[{manner}:{run.Text}]" : run.Text;
    }
}
