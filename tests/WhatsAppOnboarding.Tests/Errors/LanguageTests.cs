using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Errors;

public sealed partial class LanguageTests
{
    public static TheoryData<string> Names => ["en", "es", "pt"];

    [Fact]
    public void There_are_three_languages_and_every_other_culture_gets_English()
    {
        Languages.All.Select(language => language.Name).ShouldBe(["en", "es", "pt"]);
        Languages.Of(CultureInfo.GetCultureInfo("es-MX")).Name.ShouldBe("es");
        Languages.Of(CultureInfo.GetCultureInfo("pt-PT")).Name.ShouldBe("pt");
        Languages.Of(CultureInfo.GetCultureInfo("fr")).Name.ShouldBe("en");
        Languages.Of(CultureInfo.InvariantCulture).Name.ShouldBe("en");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_code_step_finding_and_note_has_its_text(string name)
    {
        var language = Languages.Find(name)!;

        language.Errors.Keys.Order().ShouldBe(ErrorCatalogue.All.Select(row => row.Code).Append("unknown").Order());
        language.Notes.Keys.Order().ShouldBe(Constants(typeof(NoteKeys)).Order());
        StepTable.All.Select(row => row.Opens).OfType<string>().Except([StepNames.Verify]).ShouldBeSubsetOf(language.Steps.Keys, "only of a verification the reason says it all");
        Constants(typeof(Finding)).ShouldAllBe(code => language.Findings.ContainsKey(code));
        language.Steps.Keys.Order().ShouldBe(English.Texts.Steps.Keys.Order());
        language.Findings.Keys.Order().ShouldBe(English.Texts.Findings.Keys.Order());
        Constants(typeof(MetaNotice)).ShouldAllBe(kind => language.Notices.ContainsKey(kind));
        language.Notices.Keys.Order().ShouldBe(English.Texts.Notices.Keys.Order());
    }

    [Fact]
    public void Spanish_speaks_to_people_as_tu_everywhere()
    {
        using var script = new StreamReader(typeof(Languages).Assembly.GetManifestResourceStream("whatsapp-connect.js")!);
        string[] labels = [.. Regex.Matches(script.ReadToEnd(), @"^  '[^']+': \['[^']*', '([^']*)'", RegexOptions.Multiline).Select(match => match.Groups[1].Value)];
        labels.Length.ShouldBeGreaterThan(50);
        var spanish = Languages.Find("es")!;

        foreach (var text in spanish.Errors.Values.SelectMany(pair => new[] { pair.Message, pair.Action }).Concat(spanish.Notes.Values).Concat(spanish.Findings.Values).Concat(spanish.Notices.Values).Concat(labels))
            text.ShouldNotMatch(@"\b(Su|Sus|Pulse|Inténtelo|inténtelo|Espere|Inicie|Elija|Marque|Continúe|Compruebe|Empiece)\b");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_two_codes_say_the_same_and_every_sentence_ends_as_one(string name)
    {
        var language = Languages.Find(name)!;

        language.Errors.Values.Select(text => text.Message).ShouldBeUnique();
        language.Steps.Values.Select(text => text.Message).ShouldBeUnique();
        language.Findings.Values.ShouldBeUnique();
        language.Notices.Values.ShouldBeUnique();
        Sentences(language).ShouldAllBe(text => text.EndsWith('.') || text.EndsWith("{0}"));
        Sentences(language).ShouldAllBe(text => !text.Contains("  ") && text == text.Trim() && text.Length > 6);
    }

    [Theory]
    [InlineData("es")]
    [InlineData("pt")]
    public void No_text_was_left_in_English_and_placeholders_and_buttons_are_the_same(string name)
    {
        var language = Languages.Find(name)!;

        foreach (var (english, translated) in All(English.Texts).Zip(All(language)))
        {
            translated.Key.ShouldBe(english.Key);
            translated.Text.ShouldNotBe(english.Text, english.Key);
            Placeholders(translated.Text).ShouldBe(Placeholders(english.Text), english.Key);
            translated.Text.Contains(language.Notes[NoteKeys.Button]).ShouldBe(english.Text.Contains(English.Texts.Notes[NoteKeys.Button]), english.Key);
        }
    }

    [Fact]
    public void A_text_is_found_for_the_current_culture_or_for_a_given_one()
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("pt-BR");
            ErrorCatalogue.Find("no_waba").Message.ShouldBe("Nenhuma conta do WhatsApp Business foi compartilhada.");
            ErrorCatalogue.Find("nonsense").Message.ShouldBe("Algo deu errado durante a conexão.");
            ErrorCatalogue.All[0].Message.ShouldBe("Sua sessão está encerrada.");
            ErrorCatalogue.Find("no_waba", CultureInfo.GetCultureInfo("es")).Message.ShouldBe("No se compartió ninguna cuenta de WhatsApp Business.");
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
            ErrorCatalogue.Find("no_waba").Message.ShouldBe("No WhatsApp Business Account was shared.");
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void What_is_retryable_follows_from_the_advice() =>
        ErrorCatalogue.All.ShouldAllBe(row => row.Retryable == (row.Retry == RetryAdvice.StartAgain || row.Retry == RetryAdvice.Later));

    private static string[] Constants(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    private static IEnumerable<string> Sentences(Language language) =>
        All(language).Where(text => text.Key is not (NoteKeys.Button or NoteKeys.GoOn)).Select(text => text.Text);

    private static IEnumerable<(string Key, string Text)> All(Language language) =>
    [
        .. language.Errors.OrderBy(text => text.Key, StringComparer.Ordinal).SelectMany(text => new[] { (text.Key, text.Value.Message), (text.Key, text.Value.Action) }),
        .. language.Steps.OrderBy(text => text.Key, StringComparer.Ordinal).SelectMany(text => new[] { (text.Key, text.Value.Message), (text.Key, text.Value.Action) }),
        .. language.Findings.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => (text.Key, text.Value)),
        .. language.Notices.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => (text.Key, text.Value)),
        .. language.Notes.OrderBy(text => text.Key, StringComparer.Ordinal).Select(text => (text.Key, text.Value)),
    ];

    private static string[] Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Value).Order()];

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Placeholder();
}
