using Microsoft.Playwright;
using WebHost.BrowserTests.Component;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding;

namespace WebHost.BrowserTests;

/// <summary>Choosing among the numbers that were granted, and attempts that began elsewhere.</summary>
public sealed class ComponentChoiceTests(TheSample browser)
{
    private static readonly StubAnswer ToChoose = new(StubService.Choose(("106", "+1 631-555-0100", "<b>Lucky</b>", false), ("107", "+1 631-555-0101", null, false)));

    [Fact]
    public async Task The_keyboard_is_enough()
    {
        await using var page = await ComponentPage.OpenAsync(browser, service => service.Finish = ToChoose);
        await Assertions.Expect(page.Element.GetByRole(AriaRole.Button)).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Tab");
        var popup = await page.SeePopupAsync(() => page.Page.Keyboard.PressAsync("Enter"));
        await page.SeeAsync("Connecting WhatsApp");
        (await page.FocusAsync()).ShouldBe("Connecting WhatsApp");
        await ComponentPage.SayAsync(popup, "FINISH", new { });
        await page.AnswerAsync("code-1");
        await page.SeeAsync("Choose your numbers");
        (await page.FocusAsync()).ShouldBe("Choose your numbers");
        await page.Page.BringToFrontAsync();
        await page.PressAsync("Tab", "Tab", "Tab", "Enter");
        await Assertions.Expect(page.Element.GetByRole(AriaRole.Alert)).ToHaveTextAsync("Tick at least one number.");
        await Assertions.Expect(page.Element.GetByRole(AriaRole.Checkbox).First).ToBeFocusedAsync();
        await page.LookAsync("choose-none");
        page.Service.Posts("/choose").ShouldBeEmpty();
        await page.PressAsync("Tab", "Space", "Tab", "Enter");
        await page.SeeAsync("WhatsApp is connected");
        (await page.FocusAsync()).ShouldBe("WhatsApp is connected");
        page.Service.Posts("/choose").ShouldHaveSingleItem().ToJsonString().ShouldBe($$"""{"attemptId":"{{StubService.AttemptId}}","phoneNumberIds":["107"]}""");
    }

    [Fact]
    public async Task A_choice_from_the_redirect_can_be_given_up()
    {
        await using var page = await ComponentPage.OpenAsync(browser, service =>
        {
            service.Markup = $"<whatsapp-connect attempt='{StubService.AttemptId}'></whatsapp-connect>";
            service.Attempt = ToChoose;
            service.Choice = StubAnswer.Problem(400, "cancelled", "Nothing was chosen.", "Press Connect WhatsApp to start again.");
        });
        await page.SeeAsync("Choose your numbers");
        await Assertions.Expect(page.Element.GetByText("<b>Lucky</b>")).ToBeVisibleAsync();
        await page.Button("Cancel").ClickAsync();
        await page.SeeAsync("You stopped before the end");
        page.Service.Posts("/choose").ShouldHaveSingleItem().ToJsonString().ShouldBe($$"""{"attemptId":"{{StubService.AttemptId}}","cancel":true}""");
    }

    [Fact]
    public async Task An_attempt_under_way_is_watched_until_it_ends()
    {
        await using var page = await ComponentPage.OpenAsync(browser, service =>
        {
            service.Markup = $"<whatsapp-connect attempt='{StubService.AttemptId}'></whatsapp-connect>";
            service.Attempt = new StubAnswer(StubService.Steps(null, "exchange"));
        });
        await Assertions.Expect(page.Status).ToHaveTextAsync("Finding your numbers");
        page.Service.Attempt = new StubAnswer(StubService.Steps("connected", "exchange", "list", "subscribe", "save"));
        await page.SeeAsync("WhatsApp is connected");
        (await page.HeardAsync("whatsapp-ended")).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("connected", "WhatsApp is connected")]
    [InlineData("incomplete", "Almost done")]
    [InlineData("no_waba", "WhatsApp is not connected")]
    [InlineData(null, "No answer from Meta yet")]
    public async Task An_attempt_of_earlier_is_shown_and_changes_nothing(string? outcome, string heading)
    {
        await using var page = await ComponentPage.OpenAsync(browser, service =>
        {
            service.Markup = $"<whatsapp-connect attempt='{StubService.AttemptId}' success-url='/done'></whatsapp-connect>";
            if (outcome is not null)
                service.Attempt = new StubAnswer(StubService.Steps(outcome, "exchange"));
        });
        await page.SeeAsync(heading);
        (await page.HeardAsync("whatsapp-ended")).ShouldBeEmpty();
        (await page.FocusAsync()).ShouldBeNull();
        await Assertions.Expect(page.Page).ToHaveURLAsync("/");
    }
}
