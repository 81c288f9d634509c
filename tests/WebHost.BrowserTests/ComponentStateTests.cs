using System.Text.Json.Nodes;
using Microsoft.Playwright;
using WebHost.BrowserTests.Component;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Errors;

namespace WebHost.BrowserTests;

/// <summary>Nothing that can happen leaves the component without words and a way on.</summary>
public sealed class ComponentStateTests(TheSample browser)
{
    public static TheoryData<string> States => new(ComponentState.All.Select(state => state.Name));

    [Theory]
    [MemberData(nameof(States))]
    public async Task A_state_says_what_is_and_what_can_be_done(string name)
    {
        var state = ComponentState.All.Single(state => state.Name == name);
        await using var page = await ComponentPage.OpenAsync(browser, state.Plan, clock: true, script: state.Script, loads: !state.NoSdk);
        await state.Reach(page);
        if (state.Heading is not null)
            await page.SeeAsync(state.Heading);
        await Assertions.Expect(page.Element).ToContainTextAsync(state.Words);
        (await page.ButtonsAsync()).ShouldBe(state.Buttons);
        if (state.Heading is not null)
            (await page.FocusAsync()).ShouldBe(state.Heading);
        if (state.Report is not null)
        {
            var expected = JsonNode.Parse(state.Report)!.AsObject();
            expected.Insert(0, "state", "state-1");
            (await page.ReportAsync()).ToJsonString().ShouldBe(expected.ToJsonString());
            (await page.HeardAsync("whatsapp-ended")).ShouldHaveSingleItem().ShouldContain($"\"code\":\"{expected["ending"]}\",\"success\":false");
        }

        await page.LookAtBothAsync(name);
    }

    [Fact]
    public async Task Connecting_once_more_says_at_its_button_that_it_spends_nothing_that_Meta_limits()
    {
        await using var page = await ComponentPage.OpenAsync(browser, ComponentState.All.Single(state => state.Name == "incomplete").Plan);
        await page.FinishAsync();
        await page.SeeAsync("Almost done");
        await Assertions.Expect(page.Connect).ToHaveAccessibleDescriptionAsync("Connecting again sends no code and repeats no registration: Meta limits both.");
    }

    [Theory]
    [InlineData("en-GB", "Connect WhatsApp", "Meta’s window was closed")]
    [InlineData("es-MX", "Conectar WhatsApp", "Se cerró la ventana de Meta")]
    [InlineData("pt-BR", "Conectar WhatsApp", "A janela da Meta foi fechada")]
    [InlineData("de", "Connect WhatsApp", "Meta’s window was closed")]
    public async Task The_page_s_language_is_spoken_here_and_asked_of_the_server(string language, string button, string heading)
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Language = language, clock: true);
        await page.SeePopupAsync(() => page.Button(button).ClickAsync());
        await page.AnswerAsync(null);
        await page.Page.Clock.RunForAsync(5_000);
        await page.SeeAsync(heading);
        await page.ReportAsync();
        page.Service.Requests.Where(request => request.Path.StartsWith("/api", StringComparison.Ordinal)).Select(request => request.Language)
            .Distinct().ShouldBe([language == "de" ? "en" : language[..2]]);
        await page.LookAsync("closed-" + language);
    }

    [Fact]
    public async Task The_nearest_language_counts_and_every_word_can_be_replaced()
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Markup =
            """<div lang="es"><whatsapp-connect label-connect="Vincular" label-signed_out-heading="Adiós"></whatsapp-connect><whatsapp-connect lang="pt"></whatsapp-connect></div>""");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button)).ToHaveTextAsync(["Vincular", "Conectar WhatsApp"]);
        await page.Page.EvaluateAsync("document.querySelectorAll('whatsapp-connect').forEach((element) => { element.labels = { connect: '<b>Link</b>' }; })");
        await Assertions.Expect(page.Page.GetByRole(AriaRole.Button)).ToHaveTextAsync(["<b>Link</b>", "<b>Link</b>"]);
        page.Service.Start = new StubAnswer(null, 401);
        await page.Button("<b>Link</b>").ClickAsync();
        await page.SeeAsync("Adiós");
    }

    [Fact]
    public async Task A_language_that_changes_while_its_words_are_under_way_is_not_spoken()
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Markup = "");
        await page.Page.EvaluateAsync(
            """
            () => {
              const element = document.createElement('whatsapp-connect');
              element.setAttribute('lang', 'es');
              document.querySelector('main').append(element);
              element.setAttribute('lang', 'en');
            }
            """);
        await Assertions.Expect(page.Connect).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_already_there_is_shown_until_the_module_is_loaded()
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Markup = "<whatsapp-connect><a href='/done'>Connect without scripts</a></whatsapp-connect>");
        await Assertions.Expect(page.Connect).ToBeVisibleAsync();
        await Assertions.Expect(page.Page.GetByText("Connect without scripts")).ToBeHiddenAsync();
        await page.Page.RouteAsync("**/whatsapp-connect.js", route => route.AbortAsync());
        await page.Page.ReloadAsync();
        await Assertions.Expect(page.Page.GetByText("Connect without scripts")).ToBeVisibleAsync();
    }
}
