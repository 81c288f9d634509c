using Microsoft.Playwright;
using WebHost.BrowserTests.Component;
using WebHost.BrowserTests.Framework;

namespace WebHost.BrowserTests;

/// <summary>Stand-ins for Meta's SDK, windows that come late, and codes that do.</summary>
public sealed class ComponentWindowTests(TheSample browser)
{
    /// <summary>Returns at once and opens the window later, once the person was asked.</summary>
    private static readonly string Later = ComponentPage.Sdk.Replace("window.open(", "stub.open = () => window.open(", StringComparison.Ordinal);

    /// <summary>Opens an empty window first, which is led to Meta later.</summary>
    private static readonly string BlankFirst = ComponentPage.Sdk.Replace(
        "window.open(window.metaWindow ?? 'https://www.facebook.com/signup'", "stub.blank = window.open('about:blank'", StringComparison.Ordinal);

    [Fact]
    public async Task Where_no_window_is_open_yet_there_are_ways_on_at_once_and_one_that_opens_later_is_taken_up()
    {
        await using var page = await ComponentPage.OpenAsync(browser, sdk: Later);
        await page.Connect.ClickAsync();
        await page.Page.WaitForFunctionAsync("() => window.stub?.open");
        await Assertions.Expect(page.Element).ToContainTextAsync("Your browser may ask first");
        (await page.ButtonsAsync()).ShouldBe(["Continue in this window", "Cancel"]);
        await page.Page.EvaluateAsync("{ window.open('/done'); }");
        (await page.ButtonsAsync()).ShouldBe(["Continue in this window", "Cancel"], "a window that leads elsewhere is not Meta's");

        var popup = await page.SeePopupAsync(() => page.Page.EvaluateAsync("{ stub.open(); }"));
        await page.Button("Show Meta’s window").WaitForAsync();
        await ComponentPage.SayAsync(popup, "FINISH", new { });
        await page.AnswerAsync("code-1");
        await page.SeeAsync("WhatsApp is connected");
    }

    [Fact]
    public async Task An_empty_window_that_is_led_to_Meta_later_is_Meta_s()
    {
        await using var page = await ComponentPage.OpenAsync(browser, sdk: BlankFirst);
        var popup = await page.OpenPopupAsync();
        await page.Button("Show Meta’s window").WaitForAsync();
        await page.Page.EvaluateAsync("{ stub.blank.location = 'https://www.facebook.com/signup'; }");
        await popup.WaitForFunctionAsync("() => location.hostname === 'www.facebook.com'");
        await ComponentPage.SayAsync(popup, "FINISH", new { });
        await page.AnswerAsync("code-1");
        await page.SeeAsync("WhatsApp is connected");
    }

    [Theory]
    [InlineData("window.FB = { init() {}, login() {} };", "popup_blocked")]
    [InlineData("", null)]
    public async Task A_stand_in_that_does_nothing_leaves_the_way_through_this_window(string sdk, string? told)
    {
        await using var page = await ComponentPage.OpenAsync(browser, sdk: sdk + (told is null ? "" : "fbAsyncInit();"));
        await page.Connect.ClickAsync();
        if (told is not null)
            await page.Page.WaitForFunctionAsync("() => location.search");
        await page.Button("Continue in this window").ClickAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync("/api/integrations/whatsapp/connect");
        page.Service.Posts("/oauth").Select(post => post["ending"]!.ToString()).ShouldBe(told is null ? [] : [told]);
    }

    [Theory]
    [InlineData("login() { throw new Error('no'); }")]
    [InlineData("login() { return Promise.reject(new Error('no')); }")]
    [InlineData("login(callback) { callback({ status: 'unknown' }); }")]
    [InlineData("login(callback) { setTimeout(callback, 10, {}); }")]
    [InlineData("")]
    public async Task A_stand_in_that_fails_is_an_SDK_that_cannot_be_had(string login)
    {
        await using var page = await ComponentPage.OpenAsync(browser, sdk: $"window.FB = {{ init() {{}}, {login} }}; setTimeout(() => fbAsyncInit());");
        await page.Connect.ClickAsync();
        await page.SeeAsync("Meta could not be loaded");
        (await page.ReportAsync())["ending"]!.ToString().ShouldBe("sdk_unavailable");
    }

    [Fact]
    public async Task A_browser_of_2024_tells_the_page_of_the_end()
    {
        await using var page = await ComponentPage.OpenAsync(browser, script: "delete URL.parse;");
        var popup = await page.OpenPopupAsync();
        await ComponentPage.SayAsync(popup, "FINISH", new { });
        await page.AnswerAsync("code-1");
        await page.SeeAsync("WhatsApp is connected");
        await page.Page.WaitForFunctionAsync("() => heard.some((event) => event.name === 'whatsapp-ended' && event.success)");
    }

    [Fact]
    public async Task A_signup_of_half_an_hour_ends_connected()
    {
        await using var page = await ComponentPage.OpenAsync(browser, clock: true);
        var popup = await page.OpenPopupAsync();
        await page.SeeAsync("Connecting WhatsApp");
        await page.Page.Clock.FastForwardAsync(31 * 60_000);
        await ComponentPage.SayAsync(popup, "FINISH", new { });
        await page.AnswerAsync("code-1");
        await page.SeeAsync("WhatsApp is connected");
        page.Service.Posts("/oauth").ShouldHaveSingleItem()["state"]!.ToString().ShouldBe("state-1");
    }

    [Theory]
    [InlineData("timeout", "popup_timeout", "That took too long")]
    [InlineData("closed", "popup_closed", "Meta’s window was closed")]
    [InlineData("cancel", "cancelled", "You stopped before the end")]
    [InlineData("error", "popup_error", "Meta reported a problem")]
    [InlineData("lost", "code_lost", "Meta is done, but its answer got lost")]
    public async Task A_code_that_comes_after_the_end_is_posted_with_a_fresh_state(string way, string ending, string heading)
    {
        await using var page = await ComponentPage.OpenAsync(browser, clock: true);
        var popup = await page.OpenPopupAsync();
        await page.SeeAsync("Connecting WhatsApp");
        switch (way)
        {
            case "timeout": await page.Page.Clock.FastForwardAsync(3_575_000); break;
            case "closed": await popup.CloseAsync(); await page.Page.Clock.RunForAsync(6_000); break;
            case "cancel": await ComponentPage.SayAsync(popup, "CANCEL", new { }); break;
            case "error": await ComponentPage.SayAsync(popup, "ERROR", new { error_code = 1 }); break;
            default: await ComponentPage.SayAsync(popup, "FINISH", new { waba_id = "524" }); await page.Page.Clock.RunForAsync(21_000); break;
        }

        await page.SeeAsync(heading);
        (await page.ReportAsync())["ending"]!.ToString().ShouldBe(ending);

        page.Service.Start = new StubAnswer(StubService.Popup("state-2"));
        await page.AnswerAsync("code-1");
        await page.Page.Clock.RunForAsync(3_000);
        await page.SeeAsync("WhatsApp is connected");
        var post = page.Service.Posts("/oauth").Last();
        (post["state"]!.ToString(), post["code"]!.ToString(), post["renews"]!.ToString()).ShouldBe(("state-2", "code-1", "state-1"));
        post["wabaId"]?.ToString().ShouldBe(way == "lost" ? "524" : null);
    }

    [Fact]
    public async Task A_state_that_the_server_no_longer_takes_is_renewed_once()
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Finish = StubAnswer.Problem(400, "state_expired", "Too long.", "Again."));
        var popup = await page.OpenPopupAsync();
        page.Service.Start = new StubAnswer(StubService.Popup("state-2"));
        await ComponentPage.SayAsync(popup, "FINISH", new { });
        await page.AnswerAsync("code-1");
        await page.SeeAsync("WhatsApp is not connected");
        page.Service.Posts("/oauth").Select(post => post["state"]!.ToString()).ShouldBe(["state-1", "state-2"]);
    }

    [Theory]
    [InlineData("CANCEL", true)]
    [InlineData("ERROR", false)]
    public async Task After_a_cancel_Meta_s_window_is_closed_and_after_an_error_the_page_says_that_it_is_open(string name, bool closes)
    {
        await using var page = await ComponentPage.OpenAsync(browser);
        var popup = await page.OpenPopupAsync();
        var closed = new TaskCompletionSource();
        popup.Close += (_, _) => closed.TrySetResult();
        await ComponentPage.SayAsync(popup, name, new { });
        if (closes)
        {
            await closed.Task.WaitAsync(TimeSpan.FromSeconds(20));
            return;
        }

        await Assertions.Expect(page.Element).ToContainTextAsync("Meta’s window is still open. What you finish there still counts.");
        await page.LookAtBothAsync("error-open");
        await page.Button("Try again").ClickAsync();
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
