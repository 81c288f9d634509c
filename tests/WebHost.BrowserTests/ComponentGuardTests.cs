using Microsoft.Playwright;
using WebHost.BrowserTests.Component;
using WebHost.BrowserTests.Framework;

namespace WebHost.BrowserTests;

/// <summary>Whom the component believes, and that it leaves nothing behind.</summary>
public sealed class ComponentGuardTests(TheSample browser)
{
    private const string Finish = """{"type":"WA_EMBEDDED_SIGNUP","event":"FINISH","data":{"waba_id":"524"}}""";

    [Theory]
    [InlineData("https://www.facebook.com/signup", true)]
    [InlineData("https://web.facebook.com/signup", true)]
    [InlineData("https://facebook.com/signup", true)]
    [InlineData("https://evilfacebook.com/signup", false)]
    [InlineData("https://facebook.com.evil.example/signup", false)]
    [InlineData("https://www.facebook.com:8443/signup", false)]
    [InlineData("http://www.facebook.com/signup", false)]
    [InlineData("http://meta.example:5081/signup", false)]
    public async Task Only_Meta_s_own_pages_are_believed(string address, bool believed)
    {
        await using var page = await ComponentPage.OpenAsync(browser, clock: true, script: $"window.metaWindow = '{address}'");
        var popup = await page.OpenPopupAsync();
        await ComponentPage.SayAsync(popup, Finish);
        (await PostedWithIdsAsync(page)).ShouldBe(believed);
    }

    [Theory]
    [InlineData("http://meta.example:5081/signup", true)]
    [InlineData("http://meta.example/signup", false)]
    [InlineData("https://www.facebook.com/signup", false)]
    public async Task Another_Meta_than_the_real_one_is_exactly_one_origin(string address, bool believed)
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Start.Body!["popup"]!["messageOrigin"] = "http://meta.example:5081", clock: true, script: $"window.metaWindow = '{address}'");
        var popup = await page.OpenPopupAsync();
        await ComponentPage.SayAsync(popup, Finish);
        (await PostedWithIdsAsync(page)).ShouldBe(believed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("own")]
    public async Task The_page_itself_and_its_frames_are_not_believed(string? messageOrigin)
    {
        await using var page = await ComponentPage.OpenAsync(browser, clock: true);
        page.Service.Start.Body!["popup"]!["messageOrigin"] = messageOrigin is null ? null : page.Service.Address.GetLeftPart(UriPartial.Authority);
        await page.OpenPopupAsync();
        await page.Page.EvaluateAsync("""
            finish => new Promise((done) => {
              window.postMessage(finish, '*');
              document.body.append(Object.assign(document.createElement('iframe'), { src: '/done', onload: done }));
            })
            """, Finish);
        await page.Page.Frames[1].EvaluateAsync("message => parent.postMessage(message, '*')", Finish);
        (await PostedWithIdsAsync(page)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("cb=f1&domain=example&relation=opener")]
    [InlineData("""{"type":"OTHER","event":"FINISH"}""")]
    [InlineData("""{"type":"WA_EMBEDDED_SIGNUP","event":7}""")]
    [InlineData("""{"type":"WA_EMBEDDED_SIGNUP","event":"PROGRESS"}""")]
    public async Task What_else_Meta_s_pages_say_is_let_pass(string message)
    {
        await using var page = await ComponentPage.OpenAsync(browser, clock: true);
        var popup = await page.OpenPopupAsync();
        await ComponentPage.SayAsync(popup, message);
        await popup.EvaluateAsync("message => opener.postMessage({ ...JSON.parse(message) }, '*')", Finish);
        (await PostedWithIdsAsync(page)).ShouldBeFalse();
    }

    [Fact]
    public async Task Two_elements_do_not_disturb_each_other()
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Markup = "<whatsapp-connect></whatsapp-connect><whatsapp-connect></whatsapp-connect>");
        var second = page.Page.Locator("whatsapp-connect").Last;
        await page.OpenPopupAsync();
        var popup = await page.SeePopupAsync(() => second.GetByRole(AriaRole.Button).ClickAsync());
        await ComponentPage.SayAsync(popup, "CANCEL", new { });
        await Assertions.Expect(second.GetByRole(AriaRole.Heading)).ToHaveTextAsync("You stopped before the end");
        await page.SeeAsync("Connecting WhatsApp");
    }

    [Fact]
    public async Task An_element_that_is_taken_away_still_hands_its_code_in_and_goes_on_where_it_is_put()
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Markup = "<whatsapp-connect success-url='/done'></whatsapp-connect>", clock: true);
        var popup = await page.OpenPopupAsync();
        await page.Page.EvaluateAsync("{ window.element = document.querySelector('whatsapp-connect'); element.remove(); }");
        await ComponentPage.SayAsync(popup, Finish);
        await page.AnswerAsync("code-1");
        await page.Page.Clock.RunForAsync(3_000);
        await page.Page.WaitForFunctionAsync("() => element.shadowRoot.textContent.includes('WhatsApp is connected')");
        page.Service.Posts("/oauth").ShouldHaveSingleItem()["code"]!.ToString().ShouldBe("code-1");
        (await page.HeardAsync("whatsapp-ended")).ShouldBeEmpty();
        await Assertions.Expect(page.Page).ToHaveURLAsync("/?attempt=" + StubService.AttemptId);
        await page.Page.EvaluateAsync("document.querySelector('main').append(element)");
        await page.SeeAsync("WhatsApp is connected");
    }

    [Fact]
    public async Task A_page_out_of_the_browser_s_cache_can_start_again()
    {
        await using var page = await ComponentPage.OpenAsync(browser);
        await page.OpenPopupAsync();
        await page.SeeAsync("Connecting WhatsApp");
        await page.Page.EvaluateAsync("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))");
        await Assertions.Expect(page.Connect).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Giving_up_closes_Meta_s_window()
    {
        await using var page = await ComponentPage.OpenAsync(browser);
        var popup = await page.OpenPopupAsync();
        var closed = new TaskCompletionSource();
        popup.Close += (_, _) => closed.TrySetResult();
        await page.Button("Cancel").ClickAsync();
        await page.SeeAsync("You stopped before the end");
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20));
        (await page.ReportAsync())["ending"]!.ToString().ShouldBe("given_up");
        await page.AnswerAsync("code-1");
        await page.Page.EvaluateAsync("new Promise((done) => setTimeout(done, 4000))");
        page.Service.Posts("/oauth").ShouldHaveSingleItem("a person who gave up connects nothing");
    }

    [Fact]
    public async Task A_narrow_dark_screen_is_enough()
    {
        await using var page = await ComponentPage.OpenAsync(browser, ComponentState.All.Single(state => state.Name == "choose").Plan, phone: true);
        await page.Page.SetViewportSizeAsync(320, 600);
        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await page.FinishAsync();
        await page.SeeAsync("Choose your numbers");
        await page.LookAsync("choose-dark");
        var heights = await page.Element.EvaluateAsync<double[]>("element => [...element.shadowRoot.querySelectorAll('button, label')].map((target) => target.getBoundingClientRect().height)");
        heights.ShouldAllBe(height => height >= 44);
        await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ForcedColors = ForcedColors.Active });
        await page.LookAsync("choose-forced");
    }

    /// <summary>Ends with a code, and says whether a session message came along.</summary>
    private static async Task<bool> PostedWithIdsAsync(ComponentPage page)
    {
        await page.AnswerAsync("code-1");
        await page.Page.Clock.RunForAsync(3_000);
        await page.SeeAsync("WhatsApp is connected");
        return page.Service.Posts("/oauth").ShouldHaveSingleItem()["event"] is not null;
    }
}
