using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using WhatsAppOnboarding.Errors;
using WhatsAppOnboarding.Notices;
using WhatsAppOnboarding.Numbers;

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
    public void Everything_that_can_be_reported_has_a_sentence_and_a_next_step(string name)
    {
        var words = Languages.Find(name)!.Words;

        Paired(words, WordKinds.Error).Order().ShouldBe(Constants(typeof(ErrorCodes)).Append("unknown").Order());
        StepTable.All.Select(row => row.Opens).OfType<string>().Except([StepNames.Verify]).ShouldBeSubsetOf(Paired(words, WordKinds.Step), "only of a verification the reason says it all");
        Constants(typeof(Finding)).ShouldBeSubsetOf(Paired(words, WordKinds.Finding));
        Constants(typeof(DisconnectReasons)).ShouldBeSubsetOf(Paired(words, WordKinds.Disconnect));
        Constants(typeof(MetaNotice)).ShouldBeSubsetOf(Paired(words, WordKinds.Notice));
        Constants(typeof(AttemptView)).ShouldBeSubsetOf(Paired(words, WordKinds.Outcome));
        StepTable.All.Where(row => row.CanBeRequested).Select(row => row.Name).ShouldBeSubsetOf(Paired(words, WordKinds.Done));
        ((string[])["active", "paused", "reconnect_needed"]).ShouldBeSubsetOf(Paired(words, WordKinds.Standing));
        Constants(typeof(StepNames)).ShouldAllBe(step => words.ContainsKey($"step.{step}.name"));
        ((string[])[WordKinds.Finding, WordKinds.Disconnect, WordKinds.Notice, WordKinds.Restriction, WordKinds.Standing, WordKinds.Readiness, WordKinds.Outcome, WordKinds.Done])
            .ShouldAllBe(kind => words.ContainsKey($"{kind}.other.message"));
    }

    [Theory]
    [InlineData("finding")]
    [InlineData("state")]
    [InlineData("outcome")]
    [InlineData("page")]
    public void Whatever_the_code_names_by_a_word_has_that_word(string kind)
    {
        string[] named = kind switch
        {
            "finding" => ["reconnect_needed", "number_shared", "shared_proof_stale", "not_registered", .. NumberStandings.OfStatus.Select(row => row.Finding).OfType<string>(), "on_premise", "status_unknown", "status_unsaid", "name_declined", "name_expired", "access_in_doubt", "access_kept"],
            "state" => ["unfinished", "paused.access"],
            "outcome" => ["disconnected", "disconnected_here"],
            _ => ["connect", "go_on", "deletion_done", "deletion_what", "deletion_rest"],
        };

        named.ShouldAllBe(word => English.Texts.Words.ContainsKey($"{kind}.{word}" + (kind == "page" ? "" : ".message")));
    }

    [Theory]
    [InlineData("es")]
    [InlineData("pt")]
    public void Each_language_has_the_same_keys(string name) =>
        Languages.Find(name)!.Words.Keys.Order().ShouldBe(English.Texts.Words.Keys.Order());

    [Fact]
    public void Spanish_speaks_to_people_as_tu_everywhere()
    {
        var spanish = Languages.Find("es")!.Words;
        spanish.Keys.Count(key => key.StartsWith("component.", StringComparison.Ordinal)).ShouldBeGreaterThan(50);

        foreach (var text in spanish.Values)
            text.ShouldNotMatch(@"\b(Su|Sus|Pulse|Inténtelo|inténtelo|Espere|Inicie|Elija|Marque|Continúe|Compruebe|Empiece|Abra|Agregue|Escriba)\b");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_two_codes_say_the_same_and_every_sentence_ends_as_one(string name)
    {
        var words = Languages.Find(name)!.Words;

        foreach (var kind in (string[])[WordKinds.Error, WordKinds.Step, WordKinds.Finding, WordKinds.Disconnect, WordKinds.Notice, WordKinds.Restriction, WordKinds.Standing, WordKinds.Readiness, WordKinds.Outcome])
            Paired(words, kind).Select(code => words[$"{kind}.{code}.message"]).ShouldBeUnique(kind);
        Sentences(words).ShouldAllBe(text => text.EndsWith('.') || text.EndsWith("{0}"));
        words.Values.ShouldAllBe(text => !text.Contains("  ") && text == text.Trim() && text.Length > 1);
        Sentences(words).ShouldAllBe(text => text.Length > 6);
    }

    [Theory]
    [InlineData("es")]
    [InlineData("pt")]
    public void No_text_was_left_in_English_and_placeholders_and_buttons_are_the_same(string name)
    {
        var words = Languages.Find(name)!.Words;

        foreach (var (key, english) in English.Texts.Words)
        {
            var translated = words[key];
            translated.ShouldNotBe(english, key);
            Placeholders(translated).ShouldBe(Placeholders(english), key);
            if (!key.StartsWith("component.", StringComparison.Ordinal))
                translated.Contains(words["page.connect"]).ShouldBe(english.Contains(English.Texts.Words["page.connect"]), key);
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

    [Fact]
    public void An_event_that_ends_a_connection_has_the_words_of_its_reason() =>
        Constants(typeof(MetaEvents)).Select(name => MetaEvents.ReasonOf(new MetaNotice { Kind = MetaNotice.AccessKind, Event = name, At = default }))
            .ShouldAllBe(reason => English.Texts.Words.ContainsKey($"disconnect.{reason}.action"));

    private static string[] Constants(Type type) =>
        [.. type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    /// <summary>The codes of a kind that have both.</summary>
    private static string[] Paired(IReadOnlyDictionary<string, string> words, string kind) =>
    [
        .. words.Keys.Where(key => key.StartsWith(kind + ".", StringComparison.Ordinal) && key.EndsWith(".message", StringComparison.Ordinal))
            .Select(key => key[(kind.Length + 1)..^".message".Length]).Where(code => words.ContainsKey($"{kind}.{code}.action")),
    ];

    private static IEnumerable<string> Sentences(IReadOnlyDictionary<string, string> words) => words
        .Where(word => word.Key.EndsWith(".message", StringComparison.Ordinal) || word.Key.EndsWith(".action", StringComparison.Ordinal)
            || word.Key.StartsWith("page.deletion", StringComparison.Ordinal))
        .Select(word => word.Value);

    private static string[] Placeholders(string text) => [.. Placeholder().Matches(text).Select(match => match.Value).Order()];

    [GeneratedRegex(@"\{\w+(:[^}]+)?\}")]
    private static partial Regex Placeholder();
}
