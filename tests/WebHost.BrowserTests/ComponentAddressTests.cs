using Microsoft.Playwright;
using WebHost.BrowserTests.Component;
using WebHost.BrowserTests.Framework;

namespace WebHost.BrowserTests;

/// <summary>What the component reads of the page's address and writes there, so that no attempt gets lost by a reload, a second tab or a page that is left.</summary>
public sealed class ComponentAddressTests(TheSample browser)
{
    private const string ThisAttempt = "/?attempt=" + StubService.AttemptId;

    private static readonly object Nothing = new { };

    [Theory]
    [InlineData("connected", "WhatsApp is connected", "/?whatsapp=choose&attempt=")]
    [InlineData("number_taken", "WhatsApp is not connected", "/?error=number_taken&attempt=")]
    public async Task The_attempt_of_the_page_s_address_is_shown(string outcome, string heading, string path)
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Attempt = new StubAnswer(StubService.Steps(outcome, "exchange")), path: path + StubService.AttemptId);
        await page.SeeAsync(heading);
    }

    [Theory]
    [InlineData("/?error=number_taken", "A phone number that you granted is already connected by another account.")]
    [InlineData("/?error=no_waba", "No WhatsApp Business Account was shared.")]
    [InlineData("/?error=what_is_that", "Something went wrong while connecting.")]
    [InlineData("/?error=number_taken&attempt=" + StubService.AttemptId, "A phone number that you granted is already connected by another account.")]
    public async Task An_error_of_the_page_s_address_is_shown_in_the_server_s_words(string path, string words)
    {
        await using var page = await ComponentPage.OpenAsync(browser, path: path);
        await page.SeeAsync("WhatsApp is not connected");
        await Assertions.Expect(page.Element).ToContainTextAsync(words);
        await page.Connect.WaitForAsync();
        await page.LookAtBothAsync("address-error");
    }

    [Theory]
    [InlineData("no-address", "/?error=number_taken&attempt=" + StubService.AttemptId)]
    [InlineData("", "/?error=%3Cb%3E&attempt=7")]
    public async Task A_page_can_keep_its_address_to_itself_and_nonsense_is_let_pass(string attribute, string path)
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Markup = $"<whatsapp-connect {attribute}></whatsapp-connect>", path: path);
        await page.OpenPopupAsync();
        await page.SeeAsync("Connecting WhatsApp");
        if (attribute.Length > 0)
            await Assertions.Expect(page.Page).ToHaveURLAsync(path);
        else
            await Assertions.Expect(page.Page).ToHaveURLAsync(ThisAttempt);
    }

    [Fact]
    public async Task A_page_that_is_loaded_again_says_so_and_hears_that_Meta_finishes_after_all()
    {
        await using var page = await ComponentPage.OpenAsync(browser);
        var popup = await page.OpenPopupAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync(ThisAttempt);
        page.Service.Attempt = new StubAnswer(StubService.Steps("popup_left", "signup:popup_left"));

        await page.Page.ReloadAsync();

        await page.SeeAsync("You left before Meta was done");
        (await page.ReportAsync()).ToJsonString().ShouldBe("""{"state":"state-1","ending":"popup_left"}""");
        (await page.ButtonsAsync()).ShouldBe(["Connect WhatsApp", "Continue in this window"]);
        await page.LookAtBothAsync("left");
        page.Service.Start = new StubAnswer(StubService.Popup("state-2"));
        await page.Page.RunAndWaitForResponseAsync(() => ComponentPage.SayAsync(popup, "FINISH", Nothing), response => response.Url.EndsWith("/oauth", StringComparison.Ordinal));
        await page.SeeAsync("Meta is done, but its answer got lost");
        page.Service.Posts("/oauth").Last().ToJsonString().ShouldBe("""{"state":"state-2","ending":"code_lost","event":"FINISH"}""");
    }

    [Fact]
    public async Task A_page_that_is_left_for_another_is_told_and_the_back_button_leads_to_the_attempt()
    {
        await using var page = await ComponentPage.OpenAsync(browser);
        await page.OpenPopupAsync();
        await page.SeeAsync("Connecting WhatsApp");
        page.Service.Attempt = new StubAnswer(StubService.Steps("popup_left", "signup:popup_left"));
        await page.Page.GotoAsync("/done");
        (await page.ReportAsync())["ending"]!.ToString().ShouldBe("popup_left");
        await page.Page.GoBackAsync();
        await page.SeeAsync("You left before Meta was done");
    }

    [Fact]
    public async Task A_finish_whose_page_was_left_is_shown_when_one_comes_back()
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Hold = true);
        await page.FinishAsync();
        await Assertions.Expect(page.Status).ToHaveTextAsync("Checking what Meta granted");
        page.Service.Attempt = new StubAnswer(StubService.Steps(null, "exchange"));
        await page.Page.GotoAsync("/done");
        page.Service.Posts("/oauth").ShouldHaveSingleItem()["code"]!.ToString().ShouldBe("code-1", "a post under way is no window that was left");
        await page.Page.GoBackAsync();
        await Assertions.Expect(page.Status).ToHaveTextAsync("Finding your numbers");
        page.Service.Attempt = new StubAnswer(StubService.Steps("connected", "exchange", "list", "subscribe", "save"));
        await page.SeeAsync("WhatsApp is connected");
    }

    [Fact]
    public async Task A_second_tab_says_that_nothing_has_come_back_yet_and_looks_again_when_it_is_seen()
    {
        await using var page = await ComponentPage.OpenAsync(browser, path: ThisAttempt);
        await page.SeeAsync("No answer from Meta yet");
        await Assertions.Expect(page.Element).ToContainTextAsync("go on there. Else start again.");
        (await page.ButtonsAsync()).ShouldBe(["Try again"]);
        await page.LookAtBothAsync("unknown");
        page.Service.Attempt = new StubAnswer(StubService.Steps("connected", "exchange", "save"));
        await page.Page.EvaluateAsync("{ dispatchEvent(new Event('focus')); }");
        await page.SeeAsync("WhatsApp is connected");
    }

    [Theory]
    [InlineData("", ThisAttempt)]
    [InlineData("sign-in-url='/sign-in?from=x'", "/sign-in?from=x&returnUrl=%2F%3Fattempt%3D" + StubService.AttemptId)]
    public async Task Who_is_signed_out_meanwhile_is_led_to_the_sign_in_and_back(string attribute, string where)
    {
        await using var page = await ComponentPage.OpenAsync(browser, service =>
        {
            service.Markup = $"<whatsapp-connect {attribute}></whatsapp-connect>";
            service.Finish = new StubAnswer(null, 401);
        });
        await page.FinishAsync();
        await page.SeeAsync("You are signed out");
        var loads = page.Service.Requests.Count(request => request.Path == "/");
        await page.Button("Sign in").ClickAsync();
        await Assertions.Expect(page.Page).ToHaveURLAsync(where);
        if (attribute.Length == 0)
        {
            await page.SeeAsync("No answer from Meta yet");
            page.Service.Requests.Count(request => request.Path == "/").ShouldBe(loads + 1);
        }
    }

    [Fact]
    public async Task A_choice_whose_time_is_over_says_so()
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Attempt = new StubAnswer(StubService.Steps("choose", "exchange")), path: ThisAttempt);
        await page.SeeAsync("This choice is over");
        await page.Button("Try again").WaitForAsync();
    }

    [Fact]
    public async Task Numbers_that_are_connected_stand_apart_and_leaving_one_out_asks_first()
    {
        await using var page = await ComponentPage.OpenAsync(browser, ComponentState.All.Single(state => state.Name == "choose").Plan);
        await page.FinishAsync();
        await page.SeeAsync("Choose your numbers");
        (await page.Element.Locator("legend").AllInnerTextsAsync()).ShouldBe(["Phone numbers", "Connected now"]);
        var held = page.Element.GetByRole(AriaRole.Checkbox, new LocatorGetByRoleOptions { Name = "connected" });
        await page.Element.GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await held.UncheckAsync();
        await page.Button("Connect these numbers").ClickAsync();
        await page.SeeAsync("Disconnect these numbers?");
        page.Service.Posts("/choose").ShouldBeEmpty();

        await page.Button("Back to the choice").ClickAsync();
        await page.SeeAsync("Choose your numbers");
        (await held.IsCheckedAsync()).ShouldBeFalse("what was ticked is kept");
        await page.Button("Connect these numbers").ClickAsync();
        await page.Button("Disconnect and go on").ClickAsync();
        await page.SeeAsync("WhatsApp is connected");
        page.Service.Posts("/choose").ShouldHaveSingleItem().ToJsonString().ShouldBe($$"""{"attemptId":"{{StubService.AttemptId}}","phoneNumberIds":["107"],"disconnect":true}""");
    }
}
