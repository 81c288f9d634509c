using System.Text.Json.Nodes;
using Microsoft.Playwright;
using WebHost.BrowserTests.Component;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding;

namespace WebHost.BrowserTests;

/// <summary>The way to a connected number through Meta's window, and the way around it.</summary>
public sealed class ComponentTests(TheSample browser)
{
    private const string Stays = "/?attempt=" + StubService.AttemptId;

    private static readonly object Ids = new { waba_id = "524", phone_number_id = "106", business_id = 272, waba_ids = new[] { "524", "x" } };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Code_and_message_may_come_in_either_order_and_are_posted_once(bool codeFirst)
    {
        await using var page = await ComponentPage.OpenAsync(browser);
        var popup = await page.OpenPopupAsync();
        await page.SeeAsync("Connecting WhatsApp");
        if (codeFirst)
            await page.AnswerAsync("code-1");
        await ComponentPage.SayAsync(popup, "FINISH", Ids);
        await ComponentPage.SayAsync(popup, "FINISH", Ids);
        if (!codeFirst)
            await page.AnswerAsync("code-1");
        await page.AnswerAsync("code-2");
        await page.SeeAsync("WhatsApp is connected");
        var post = page.Service.Posts("/oauth").ShouldHaveSingleItem();
        post.ToJsonString().ShouldBe("""{"state":"state-1","code":"code-1","event":"FINISH","wabaId":"524","wabaIds":["524"],"phoneNumberId":"106","businessId":"272"}""");
        (await page.HeardAsync("whatsapp-ended")).ShouldBe(
            [$$"""{"code":"connected","success":true,"attemptId":"{{StubService.AttemptId}}","phones":[{"id":"106","display":"+1 631-555-0100"}]}"""]);
    }

    [Fact]
    public async Task Meta_s_SDK_is_used_as_Meta_documents_it_and_loaded_once()
    {
        await using var page = await ComponentPage.OpenAsync(browser);
        await page.HearAsync("CANCEL", new { });
        await page.Button("Try again").ClickAsync();
        await page.Page.WaitForFunctionAsync("() => stub.logins.length === 2");
        var stub = JsonNode.Parse(await page.Page.EvaluateAsync<string>("JSON.stringify(stub)"))!;
        stub["inits"]!.ToJsonString().ShouldBe("""[{"appId":"123","autoLogAppEvents":true,"xfbml":true,"version":"v25.0"}]""");
        stub["logins"]!.AsArray().Count.ShouldBe(2);
        stub["logins"]![0]!.ToJsonString().ShouldBe("""{"config_id":"456","response_type":"code","override_default_response_type":true,"extras":{"setup":{}}}""");
        (await page.Page.EvaluateAsync<bool>("[...document.scripts].filter(script => script.src.endsWith('sdk.js')).every((script, index) => index === 0 && script.crossOrigin === 'anonymous' && script.nonce)")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_message_that_never_comes_holds_a_code_up_for_three_seconds()
    {
        await using var page = await ComponentPage.OpenAsync(browser, clock: true);
        await page.OpenPopupAsync();
        await page.AnswerAsync("code-1");
        await page.Page.Clock.RunForAsync(3_000);
        await page.SeeAsync("WhatsApp is connected");
        page.Service.Posts("/oauth").ShouldHaveSingleItem().ToJsonString().ShouldBe("""{"state":"state-1","code":"code-1"}""");
    }

    [Fact]
    public async Task A_finish_without_a_code_ends_after_twenty_seconds_as_what_it_is()
    {
        await using var page = await ComponentPage.OpenAsync(browser, clock: true);
        await page.HearAsync("FINISH", Ids);
        await page.Page.Clock.FastForwardAsync(20_000);
        await page.SeeAsync("Meta is done, but its answer got lost");
        (await page.ReportAsync()).ToJsonString().ShouldBe("""{"state":"state-1","ending":"code_lost","event":"FINISH"}""");
        (await page.ButtonsAsync()).ShouldBe(["Continue in this window", "Try again"]);
    }

    [Theory]
    [InlineData("FINISH_ONLY_WABA")]
    [InlineData("FINISH_WHATSAPP_BUSINESS_APP_ONBOARDING")]
    [InlineData("FINISH_OF_TOMORROW")]
    public async Task Every_finish_is_one(string name)
    {
        await using var page = await ComponentPage.OpenAsync(browser);
        await page.HearAsync(name, new { waba_id = 524 });
        await page.AnswerAsync("code-1");
        await page.SeeAsync("WhatsApp is connected");
        page.Service.Posts("/oauth").ShouldHaveSingleItem().ToJsonString().ShouldBe($$"""{"state":"state-1","code":"code-1","event":"{{name}}","wabaId":"524"}""");
    }

    [Fact]
    public async Task A_click_that_no_longer_counts_is_asked_for_again()
    {
        await using var page = await ComponentPage.OpenAsync(browser, script: "Object.defineProperty(Navigator.prototype, 'userActivation', { get: () => ({ isActive: false }) });");
        await page.Connect.ClickAsync();
        await page.SeePopupAsync(() => page.Button("Open Meta’s window").ClickAsync());
        await page.SeeAsync("Connecting WhatsApp");
        page.Service.Requests.Count(request => request.Path.EndsWith("/connect", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_popup_the_browser_goes_to_Meta_itself()
    {
        await using var page = await ComponentPage.OpenAsync(browser, service =>
        {
            service.Markup = "<whatsapp-connect return-url='/settings?tab=1' expect='+1 631'></whatsapp-connect>";
            service.Start = new StubAnswer(new JsonObject { ["success"] = true, ["popup"] = null });
        });
        await page.Connect.ClickAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync("/api/integrations/whatsapp/connect?returnUrl=%2Fsettings%3Ftab%3D1&expect=%2B1+631");
        page.Service.Requests.ShouldContain(request => request.Query == "?way=popup&expect=%2B1+631");
    }

    [Fact]
    public async Task While_nothing_has_come_back_the_page_tells_every_minute_that_it_is_there_and_then_no_more()
    {
        const string Signs = "/attempts/" + StubService.AttemptId;
        await using var page = await ComponentPage.OpenAsync(browser, clock: true);
        var popup = await page.OpenPopupAsync();
        await page.SeeAsync("Connecting WhatsApp");
        page.Service.Posts(Signs).Select(sign => sign.ToJsonString()).ShouldBe(["""{"open":false}""", """{"open":true}"""]);
        await page.Page.RunAndWaitForResponseAsync(() => page.Page.Clock.FastForwardAsync(60_000), response => response.Request.Method == "POST");
        page.Service.Posts(Signs).Count().ShouldBe(3);

        await ComponentPage.SayAsync(popup, "FINISH", Ids);
        await page.AnswerAsync("code-1");
        await page.SeeAsync("WhatsApp is connected");
        await page.Page.Clock.FastForwardAsync(180_000);
        await page.Page.EvaluateAsync("fetch('/done').then((answer) => answer.text())");
        page.Service.Posts(Signs).Count().ShouldBe(3);
    }

    [Theory]
    [InlineData("blocked")]
    [InlineData("unloaded")]
    public async Task Where_there_is_no_window_one_can_go_on_in_this_one(string name)
    {
        var state = ComponentState.All.Single(state => state.Name == name);
        await using var page = await ComponentPage.OpenAsync(browser, script: state.Script, loads: !state.NoSdk);
        await page.Connect.ClickAsync();
        await page.Button("Continue in this window").ClickAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync("/api/integrations/whatsapp/connect");
    }

    [Fact]
    public async Task The_server_s_steps_are_shown_while_it_works()
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Hold = true);
        await page.FinishAsync();
        await Assertions.Expect(page.Status).ToHaveTextAsync("Checking what Meta granted");
        page.Service.Attempt = new StubAnswer(StubService.Steps(null, "exchange", "inspect", "list", "subscribe", "save"));
        await Assertions.Expect(page.Element.GetByRole(AriaRole.Listitem)).ToHaveTextAsync(
            ["Opening Meta’s window: done", "Your choices in Meta’s window: done", "Checking what Meta granted: done", "Finding your numbers: done", "Turning on messages: done", "Saving: done"]);
        page.Service.Attempt = new StubAnswer(StubService.Steps(null, "exchange", "inspect", "list", "subscribe", "save", "register:pin_needed", "sync_contacts", "novelty"));
        await Assertions.Expect(page.Element.GetByRole(AriaRole.Listitem).Last).ToHaveTextAsync("Copying contacts and chats: done");
        page.Service.Release();
        await page.SeeAsync("WhatsApp is connected");
        (await page.HeardAsync("whatsapp-progress")).ShouldBe([.. ((string[])["start", "popup", "exchange", "inspect", "list", "subscribe", "save"]).Select(step => $$"""{"step":"{{step}}","result":"ok"}"""),
            """{"step":"register","result":"pin_needed"}""", """{"step":"sync_contacts","result":"ok"}""", """{"step":"novelty","result":"ok"}"""]);
    }

    [Fact]
    public async Task An_answer_that_got_lost_is_read_from_the_attempt()
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Attempt = new StubAnswer(StubService.Steps("connected", "exchange", "save")));
        await page.Page.RouteAsync("**/oauth", route => route.AbortAsync());
        await page.FinishAsync();
        await page.SeeAsync("WhatsApp is connected");
    }

    [Theory]
    [InlineData("/done", "connected", false, "/done?whatsapp=connected&attempt=" + StubService.AttemptId)]
    [InlineData("/done?tab=2", "incomplete", false, "/done?tab=2&whatsapp=incomplete&attempt=" + StubService.AttemptId)]
    [InlineData("/done", "connected", true, Stays)]
    [InlineData("javascript:document.title=1", "connected", false, Stays)]
    public async Task A_success_leads_on_unless_the_page_says_otherwise(string address, string outcome, bool prevented, string where)
    {
        await using var page = await ComponentPage.OpenAsync(browser, service =>
        {
            service.Markup = $"<whatsapp-connect nonce='{StubService.Nonce}' success-url='{address}'></whatsapp-connect>";
            service.Finish = new StubAnswer(StubService.Connected(outcome));
        });
        if (prevented)
            await page.Page.EvaluateAsync("document.addEventListener('whatsapp-ended', (event) => event.preventDefault())");
        await page.FinishAsync();
        if (where == Stays)
            await page.SeeAsync("WhatsApp is connected");
        await Assertions.Expect(page.Page).ToHaveURLAsync(where);
        if (where == Stays)
            await page.LookAsync("stays");
    }
}
