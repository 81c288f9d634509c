using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

public sealed class JourneyTests(TheSample sample)
{
    private const string Hostile = "<img src=x onerror=alert(1)>";

    [Fact]
    public async Task Sign_up_connect_send_and_hear_back()
    {
        await using var visitor = await sample.OpenAsync(phone: true);
        var number = AddNumber("Lucky Shrub");
        var page = visitor.Page;
        await page.GotoAsync("/");
        await visitor.LookAtBothAsync("home");
        await visitor.SignUpByFormAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Connect WhatsApp");
        await visitor.LookAtBothAsync("onboarding");

        await visitor.ConnectAsync(number.Waba.Id);

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Inbox");
        await Expect(page.GetByText("Lucky Shrub").First).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("dashboard-connected");

        await sample.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+1 555 000 1234", "Ann", "Do you have ferns?");
        await page.GetByText("Do you have ferns?").First.ClickAsync();
        await Expect(visitor.Log.GetByText("Do you have ferns?")).ToBeVisibleAsync();
        await page.GetByLabel("Message", new() { Exact = true }).FillAsync("We do!");
        await visitor.Button("Send").ClickAsync();
        await Expect(visitor.Log.Locator(".bubble.out[data-state=delivered]")).ToContainTextAsync("We do!");
        sample.Meta.World.Messages.ShouldContain(message => message.PhoneNumberId == number.Id && message.Body == "We do!");

        await sample.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+1 555 000 1234", "Ann", "Two, please.");
        await Expect(visitor.Log.GetByText("Two, please.")).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("chat");
        sample.HoldsNoSecret(await page.ContentAsync());
    }

    [Fact]
    public async Task Cancel_at_meta_leads_back_with_a_sentence_and_a_next_step()
    {
        await using var visitor = await sample.OpenAsync(phone: true);
        AddNumber("Lucky Shrub");
        await visitor.SignUpAsync();
        await visitor.Button("Connect WhatsApp").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/dialog/oauth**");
        await Expect(visitor.Button("Cancel")).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("consent");
        await visitor.Button("Cancel").ClickAsync();

        await Expect(visitor.Heading("You stopped before the end")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("whatsapp-connect section")).ToContainTextAsync("cancelled");
        await Expect(visitor.Page.Locator("whatsapp-connect section")).ToContainTextAsync("Press Connect WhatsApp again");
        visitor.Page.Url.ShouldEndWith("/onboarding/whatsapp?error=cancelled");
        await visitor.LookAtBothAsync("cancelled");
    }

    [Fact]
    public async Task Names_and_messages_of_others_show_as_text()
    {
        await using var visitor = await sample.OpenAsync();
        var number = AddNumber(Hostile);
        await visitor.SignUpConnectedAsync(sample.Meta, number.Waba.Id);
        await Expect(visitor.Page.GetByText(Hostile).First).ToBeVisibleAsync();

        await sample.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+1 555 000 1235", Hostile, "Look: " + Hostile);
        await visitor.Page.GetByText("Look: " + Hostile).First.ClickAsync();

        await Expect(visitor.Log.GetByText("Look: " + Hostile)).ToBeVisibleAsync();
        (await visitor.Page.Locator("img[src=x]").CountAsync()).ShouldBe(0);
        await visitor.LookAsync("hostile");
        await visitor.Page.ReloadAsync();
        (await visitor.Page.Locator("img[src=x]").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Disconnect_asks_first_and_then_shows_that_it_is_done()
    {
        await using var visitor = await sample.OpenAsync(phone: true);
        var number = AddNumber("Lucky Shrub");
        await visitor.SignUpConnectedAsync(sample.Meta, number.Waba.Id);
        var dialog = visitor.Page.GetByRole(AriaRole.Dialog);

        await visitor.OpenNumbersAsync();
        await visitor.Button("Disconnect").First.ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("disconnect");
        await visitor.Page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        number.Waba.IsAppSubscribed.ShouldBeTrue();

        await visitor.Button("Disconnect").First.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Disconnect", Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByText("Not connected")).ToBeVisibleAsync();
        number.Waba.IsAppSubscribed.ShouldBeFalse();
        await visitor.LookAtBothAsync("disconnected");
    }

    [Fact]
    public async Task Skip_leads_to_an_empty_dashboard_and_a_connected_account_is_sent_on()
    {
        await using var visitor = await sample.OpenAsync();
        var number = AddNumber("Lucky Shrub");
        await visitor.SignUpAsync();
        await visitor.Button("Skip for now").ClickAsync();
        await Expect(visitor.Page.GetByText("Connect WhatsApp to start")).ToBeVisibleAsync();
        await visitor.LookAsync("dashboard-empty");

        await visitor.Page.GotoAsync("/dashboard?whatsapp=connected");
        await Expect(visitor.Page.GetByText("Not connected")).ToBeVisibleAsync();

        await visitor.ConnectAsync(number.Waba.Id);
        await visitor.Page.GotoAsync("/onboarding/whatsapp");
        visitor.Page.Url.ShouldEndWith("/dashboard");
    }

    [Fact]
    public async Task A_subscription_that_failed_is_shown_with_what_to_do()
    {
        await using var visitor = await sample.OpenAsync();
        var number = AddNumber("Lucky Shrub");
        sample.Meta.Faults.On(GraphOperations.SubscribeApp, Fault.Error(400, 368), when: call => call.Path.Contains(number.Waba.Id));
        await visitor.SignUpConnectedAsync(sample.Meta, number.Waba.Id);

        await Expect(visitor.Page.GetByText("Receiving messages: Meta does not deliver messages yet.")).ToBeVisibleAsync();
        await visitor.LookAsync("dashboard-incomplete");
        await visitor.ConnectAsync(number.Waba.Id);
        await Expect(visitor.Page.GetByText("Meta does not deliver messages yet.")).ToBeHiddenAsync();
    }

    private EmulatedNumber AddNumber(string name) => sample.Meta.World.AddBusiness(name).AddWaba("Main").AddNumber("+1 631-555-0100", name);
}
