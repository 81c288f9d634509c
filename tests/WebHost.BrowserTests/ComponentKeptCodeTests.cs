using Microsoft.Playwright;
using WebHost.BrowserTests.Component;
using WebHost.BrowserTests.Framework;

namespace WebHost.BrowserTests;

/// <summary>A code that Meta gave is kept until the service has it, and goes nowhere else.</summary>
public sealed class ComponentKeptCodeTests(TheSample browser)
{
    private const string Kept = "Meta’s answer is kept on this page";

    [Theory]
    [InlineData("press")]
    [InlineData("time")]
    [InlineData("online")]
    public async Task A_late_code_waits_for_the_state_that_could_not_be_had(string news)
    {
        await using var page = await LateAsync();
        await page.Page.RouteAsync("**/connect?*", route => route.AbortAsync());
        await AnswerLateAsync(page);
        await Assertions.Expect(page.Element).ToContainTextAsync(Kept);
        (await page.ButtonsAsync()).ShouldBe(["Try again"]);
        await page.LookAtBothAsync("kept");
        page.Service.Posts("/oauth").ShouldHaveSingleItem()["ending"]!.ToString().ShouldBe("popup_closed");

        await page.Page.UnrouteAllAsync();
        await (news switch
        {
            "press" => page.Button("Try again").ClickAsync(),
            "time" => page.Page.Clock.RunForAsync(16_000),
            _ => page.Page.EvaluateAsync("{ dispatchEvent(new Event('online')); }"),
        });
        await page.SeeAsync("WhatsApp is connected");
        var post = page.Service.Posts("/oauth").Last();
        (post["state"]!.ToString(), post["code"]!.ToString(), post["renews"]!.ToString()).ShouldBe(("state-2", "code-1", "state-1"));
        page.Service.Requests.Where(request => request.Path.EndsWith("/connect", StringComparison.Ordinal)).Select(request => request.Query)
            .ShouldBe(["?way=popup", "?way=popup&renews=true"]);
    }

    [Theory]
    [InlineData(0, "No connection to this service")]
    [InlineData(503, "WhatsApp is not connected")]
    [InlineData(429, "Too many attempts")]
    public async Task A_late_code_that_no_try_delivers_is_handed_in_by_the_next_press(int status, string heading)
    {
        await using var page = await LateAsync();
        if (status == 0)
            await page.Page.RouteAsync("**/connect?*", route => route.AbortAsync());
        else
            page.Service.Start = new StubAnswer(null, status);
        await AnswerLateAsync(page);
        // The clock goes on until all tries are used up, however long each takes to fail.
        while (await page.Heading.InnerTextAsync() != heading)
            await page.Page.Clock.RunForAsync(1_000);

        await Assertions.Expect(page.Element).ToContainTextAsync("hand it in with the button");
        (await page.ButtonsAsync()).ShouldBe(["Try again"]);
        await page.LookAtBothAsync($"kept-{status}");

        await page.Page.UnrouteAllAsync();
        page.Service.Start = new StubAnswer(StubService.Popup("state-2"));
        await page.Button("Try again").ClickAsync();
        await page.SeeAsync("WhatsApp is connected");
        page.Service.Posts("/oauth").Last()["code"]!.ToString().ShouldBe("code-1");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_finish_that_does_not_reach_the_service_is_posted_again_with_the_same_state(bool byProxy)
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Finish = new StubAnswer(null, 502));
        if (!byProxy)
            await page.Page.RouteAsync("**/oauth", route => route.AbortAsync());
        await page.FinishAsync();
        await Assertions.Expect(page.Element).ToContainTextAsync(Kept);
        page.Service.Finish = new StubAnswer(StubService.Connected());
        await page.Page.UnrouteAllAsync();
        await page.SeeAsync("WhatsApp is connected");
        page.Service.Posts("/oauth").Select(post => $"{post["state"]} {post["code"]} {post["renews"]}").Distinct().ShouldBe(["state-1 code-1 "]);
        (await page.HeardAsync("whatsapp-ended")).ShouldHaveSingleItem().ShouldContain("\"connected\"");
        page.Service.Requests.Count(request => request.Path.EndsWith("/connect", StringComparison.Ordinal)).ShouldBe(1, "nothing is started anew for it");
    }

    [Theory]
    [InlineData("element.setAttribute('connect-path', other + '/api/integrations/whatsapp/connect')", false)]
    [InlineData("document.head.prepend(Object.assign(document.createElement('base'), { href: other }))", false)]
    [InlineData("element.setAttribute('connect-path', other + '/api/integrations/whatsapp/connect')", true)]
    [InlineData("document.head.prepend(Object.assign(document.createElement('base'), { href: other }))", true)]
    [InlineData("history.pushState(null, '', '/elsewhere/settings')", true)]
    public async Task A_page_that_changes_while_Meta_s_window_is_open_has_the_code_sent_where_it_began(string change, bool late)
    {
        await using var other = await StubService.StartAsync();
        other.AllowsOrigins = true;
        await using var page = await ComponentPage.OpenAsync(browser, clock: true, plan: service =>
        {
            service.OtherOrigin = other.Address.GetLeftPart(UriPartial.Authority);
            service.Markup = "<whatsapp-connect connect-path='api/integrations/whatsapp/connect'></whatsapp-connect>";
        });
        var popup = await page.OpenPopupAsync();
        await page.SeeAsync("Connecting WhatsApp");
        if (late)
        {
            await popup.CloseAsync();
            await page.Page.Clock.RunForAsync(6_000);
            await page.SeeAsync("Meta’s window was closed");
        }

        await page.Page.EvaluateAsync($$"""(other) => { const element = document.querySelector('whatsapp-connect'); {{change}}; }""", page.Service.OtherOrigin);
        await page.AnswerAsync("code-1");
        await page.Page.Clock.RunForAsync(3_000);
        await page.SeeAsync("WhatsApp is connected");
        page.Service.Posts("/oauth").Last()["code"]!.ToString().ShouldBe("code-1");
        other.Requests.ShouldBeEmpty();
    }

    /// <summary>Meta's window was closed, as it seemed, and the page has said so.</summary>
    private async Task<ComponentPage> LateAsync()
    {
        var page = await ComponentPage.OpenAsync(browser, clock: true);
        await (await page.OpenPopupAsync()).CloseAsync();
        await page.Page.Clock.RunForAsync(6_000);
        await page.SeeAsync("Meta’s window was closed");
        await page.ReportAsync();
        page.Service.Start = new StubAnswer(StubService.Popup("state-2"));
        return page;
    }

    private static async Task AnswerLateAsync(ComponentPage page)
    {
        await page.AnswerAsync("code-1");
        await page.Page.Clock.RunForAsync(3_000);
    }
}
