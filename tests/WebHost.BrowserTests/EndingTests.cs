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
        await SeeAsync(visitor, number, "code-lost", "Meta’s window was closed", "Continue in this window");
        sample.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(403, 200), when: call => call.Path.Contains(number.Waba.Id));
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
        await Expect(visitor.Alert).ToContainTextAsync("cancelled");
        await visitor.Button("Connect WhatsApp").ClickAsync();
        await visitor.Button("Continue in this window").ClickAsync();
        await visitor.ContinueAtMetaAsync(number.Waba.Id);
        await Expect(visitor.Page.Locator(".number-phone")).ToHaveTextAsync(number.DisplayPhoneNumber);
    }

    [Fact]
    public async Task A_window_without_an_answer_is_given_up_after_ten_minutes()
    {
        await using var visitor = await sample.OpenAsync(phone: true, address: sample.PopupAddress);
        await visitor.Page.Clock.InstallAsync();
        await visitor.SignUpAsync();
        await visitor.OpenPopupAsync();
        await Expect(visitor.Heading("Connecting WhatsApp")).ToBeVisibleAsync();
        await visitor.Page.Clock.FastForwardAsync(600_000);
        await Expect(visitor.Heading("That took too long")).ToBeVisibleAsync();
        await visitor.Page.Clock.ResumeAsync();
        await visitor.LookAsync("ending-popup-timeout");
    }

    [Fact]
    public async Task A_failed_redirect_shows_its_attempt()
    {
        await using var visitor = await sample.OpenAsync(phone: true);
        var number = AddNumber();
        sample.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(403, 200), when: call => call.Path.Contains(number.Waba.Id));
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
