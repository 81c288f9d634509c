using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>Each way in which Meta's window can end, and what the page says of it.</summary>
public sealed class EndingTests(TheSample sample)
{
    [Fact]
    public async Task Each_end_without_access_says_what_to_do_and_is_listed_for_support()
    {
        await using var visitor = await sample.OpenAsync(address: sample.PopupAddress);
        var number = AddNumber();
        await visitor.SignUpAsync();
        await visitor.Page.GotoAsync("/account/attempts");
        await Expect(visitor.Page.GetByText("No attempt yet")).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("attempts-empty");
        await visitor.Page.GotoAsync("/onboarding/whatsapp");
        await visitor.Button("Connect WhatsApp").WaitForAsync();

        await SeeAsync(visitor, number, "cancel", "You stopped before the end", "choosing the business portfolio", "Connect WhatsApp");
        await SeeAsync(visitor, number, "report", "Meta reported a problem", "Meta’s error code");
        await SeeAsync(visitor, number, "error", "Meta reported a problem", "Meta’s session");
        await SeeAsync(visitor, number, "close", "Meta’s window was closed", "go on to the last screen");
        await SeeAsync(visitor, number, "code-lost", "Meta is done, but its answer got lost", "Continue in this window");
        sample.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(403, 200), int.MaxValue, when: call => call.Path.Contains(number.Waba.Id));
        await SeeAsync(visitor, number, "finish", "WhatsApp is not connected", "Meta says that a permission is missing.");

        await visitor.Page.GotoAsync("/account/attempts");
        var attempts = visitor.Page.Locator("details.attempt");
        await Expect(attempts).ToHaveCountAsync(6);
        await Expect(attempts.First).ToContainTextAsync("Failed");
        await attempts.First.Locator("summary").ClickAsync();
        await Expect(attempts.First).ToContainTextAsync("Id to quote");
        await Expect(attempts.First.GetByText("permission_missing").First).ToBeVisibleAsync();
        await Expect(attempts.First).ToContainTextAsync("code 200");
        await visitor.LookAtBothAsync("attempts");
        sample.HoldsNoSecret(await visitor.Page.ContentAsync());
    }

    [Fact]
    public async Task Where_the_window_cannot_be_had_the_same_window_leads_on()
    {
        await using var visitor = await sample.OpenAsync(address: sample.PopupAddress);
        var number = AddNumber();
        await visitor.SignUpAsync();
        await visitor.Page.RouteAsync("**/sdk.js", route => route.AbortAsync());
        await visitor.Button("Connect WhatsApp").ClickAsync();
        await Expect(visitor.Heading("Meta could not be loaded")).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("ending-sdk-unavailable");

        await visitor.Page.UnrouteAsync("**/sdk.js");
        await visitor.Page.AddInitScriptAsync("window.open = () => null");
        await visitor.Page.ReloadAsync();
        await visitor.Button("Connect WhatsApp").WaitForAsync();
        await visitor.Button("Connect WhatsApp").ClickAsync();
        await Expect(visitor.Heading("Your browser blocked Meta’s window")).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("ending-popup-blocked");

        await visitor.Button("Continue in this window").ClickAsync();
        await visitor.Button("Cancel").ClickAsync();
        await Expect(visitor.Heading("You stopped before the end")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("whatsapp-connect section")).ToContainTextAsync("cancelled");
        await visitor.Button("Connect WhatsApp").ClickAsync();
        await visitor.Button("Continue in this window").ClickAsync();
        await visitor.ContinueAtMetaAsync(number.Waba.Id);
        await Expect(visitor.Page.Locator(".number-phone")).ToHaveTextAsync(number.DisplayPhoneNumber);
    }

    [Fact]
    public async Task A_window_without_an_answer_is_given_up_after_an_hour()
    {
        await using var visitor = await sample.OpenAsync(phone: true, address: sample.PopupAddress);
        await visitor.Page.Clock.InstallAsync();
        await visitor.SignUpAsync();
        await visitor.OpenPopupAsync();
        await Expect(visitor.Heading("Connecting WhatsApp")).ToBeVisibleAsync();
        await visitor.Page.Clock.FastForwardAsync(3_575_000);
        await Expect(visitor.Heading("That took too long")).ToBeVisibleAsync();
        await visitor.Page.Clock.ResumeAsync();
        await visitor.LookAsync("ending-popup-timeout");
    }

    [Fact]
    public async Task The_choice_and_its_question_work_without_script_and_are_found_among_the_attempts()
    {
        await using var visitor = await sample.OpenAsync(address: sample.PopupAddress, script: false);
        var number = AddNumber();
        var other = number.Waba.AddNumber("+1 631-555-0101", "Lucky Shrub Deliveries");
        await visitor.SignUpAsync();
        await visitor.ConnectAsync(number.Waba.Id);
        await Expect(visitor.Heading("Choose your numbers")).ToBeVisibleAsync();
        await visitor.PictureAsync("choice-without-script");
        await visitor.Page.GotoAsync("/account/attempts");
        await visitor.Page.Locator("details.attempt").First.Locator("summary").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Choose now" }).ClickAsync();
        await visitor.Page.Locator($"input[value='{number.Id}']").CheckAsync();
        await visitor.Button("Connect these numbers").ClickAsync();
        await Expect(visitor.Page.Locator(".number-phone")).ToHaveTextAsync(number.DisplayPhoneNumber);

        await visitor.Page.GotoAsync("/onboarding/whatsapp?add=1");
        await visitor.ConnectAsync(number.Waba.Id);
        await visitor.Page.Locator($"input[value='{number.Id}']").UncheckAsync();
        await visitor.Page.Locator($"input[value='{other.Id}']").CheckAsync();
        await visitor.Button("Connect these numbers").ClickAsync();
        await Expect(visitor.Page.GetByText("leaves out a number that is connected now")).ToBeVisibleAsync();
        await visitor.ResizeAsync(phone: true);
        await visitor.PictureAsync("choice-question-without-script");
        await visitor.ResizeAsync(phone: false);
        number.Waba.IsAppSubscribed.ShouldBeTrue();
        await visitor.Button("Cancel").ClickAsync();
        await Expect(visitor.Page.GetByText("You stopped before the end. Nothing was changed.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Skipping_while_Meta_s_window_is_open_is_said_on_the_dashboard_with_a_way_on()
    {
        await using var visitor = await sample.OpenAsync(address: sample.PopupAddress);
        AddNumber();
        await visitor.SignUpAsync();
        await visitor.OpenPopupAsync();
        await Expect(visitor.Heading("Connecting WhatsApp")).ToBeVisibleAsync();
        await visitor.Button("Skip for now").ClickAsync();
        await Expect(visitor.Page.GetByText("Connect WhatsApp to start")).ToBeVisibleAsync();
        // The report left with the page and may be behind it.
        for (var looks = 0; looks < 20 && await visitor.Page.GetByText("You left before WhatsApp was connected.").CountAsync() == 0; looks++)
            await visitor.Page.ReloadAsync();
        await visitor.LookAtBothAsync("left-dashboard");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Go on" }).ClickAsync();
        await Expect(visitor.Heading("You left before Meta was done")).ToBeVisibleAsync();
        await Expect(visitor.Button("Continue in this window")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_failed_redirect_shows_its_attempt()
    {
        await using var visitor = await sample.OpenAsync(phone: true);
        var number = AddNumber();
        sample.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(403, 200), int.MaxValue, when: call => call.Path.Contains(number.Waba.Id));
        await visitor.SignUpAsync();
        await visitor.ConnectAsync(number.Waba.Id);
        await Expect(visitor.Heading("WhatsApp is not connected")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("Reference")).ToBeVisibleAsync();
        await visitor.LookAsync("ending-redirect");
    }

    private static async Task SeeAsync(Visitor visitor, EmulatedNumber number, string ending, string heading, string text, string button = "Try again")
    {
        await visitor.ConnectByPopupAsync(number.Waba.Id, ending, button);
        await Expect(visitor.Heading(heading)).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText(text).First).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("ending-" + ending);
    }

    private EmulatedNumber AddNumber() => sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "Lucky Shrub");
}
