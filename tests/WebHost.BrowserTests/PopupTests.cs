using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>Connecting in Meta's window, from the sample's own page to its dashboard.</summary>
public sealed class PopupTests(TheSample sample)
{
    [Theory]
    [InlineData("en-US", "Connect WhatsApp", "Connecting WhatsApp", "WhatsApp is connected. New messages", false)]
    [InlineData("es-MX", "Conectar WhatsApp", "Conectando WhatsApp", "WhatsApp está conectado. Los mensajes nuevos", true)]
    [InlineData("pt-BR", "Conectar WhatsApp", "Conectando o WhatsApp", "O WhatsApp está conectado. As novas mensagens", false)]
    public async Task Connects_in_the_visitor_s_language(string locale, string button, string heading, string connected, bool phone)
    {
        await using var visitor = await sample.OpenAsync(phone, sample.PopupAddress, locale);
        var number = AddNumber();
        await visitor.SignUpAsync();
        await visitor.Button(button).WaitForAsync();
        await visitor.LookAsync($"popup-start-{locale}");
        var popup = await visitor.OpenPopupAsync(button);
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = heading })).ToBeVisibleAsync();
        await visitor.LookAsync($"popup-open-{locale}");
        await popup.Locator($"input[name=account][value='{number.Waba.Id}']").CheckAsync();
        await Visitor.EndAsync(popup, "finish");

        await Expect(visitor.Page.GetByText(connected)).ToBeVisibleAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/dashboard$"));
        await Expect(visitor.Page.Locator(".number-phone")).ToHaveTextAsync(number.DisplayPhoneNumber);
        number.Waba.IsAppSubscribed.ShouldBeTrue();
        await visitor.LookAsync($"popup-connected-{locale}");
    }

    [Fact]
    public async Task Each_end_with_access_connects()
    {
        await using var visitor = await sample.OpenAsync(address: sample.PopupAddress);
        var number = AddNumber();
        await visitor.SignUpAsync();
        foreach (var ending in (string[])["callback-first", "message-lost", "only-waba", "several", "migration", "app-only", "unknown"])
        {
            await visitor.Page.GotoAsync("/onboarding/whatsapp?add=1");
            await visitor.Page.WaitForFunctionAsync("() => customElements.get('whatsapp-connect')");
            await visitor.ConnectByPopupAsync(number.Waba.Id, ending);
            await Expect(visitor.Page.GetByText("WhatsApp is connected. New messages")).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task The_keyboard_is_enough()
    {
        await using var visitor = await sample.OpenAsync(address: sample.PopupAddress);
        var number = AddNumber();
        await visitor.SignUpAsync();
        await visitor.Button("Connect WhatsApp").WaitForAsync();
        await TabToAsync(visitor.Page, "document.activeElement.shadowRoot?.activeElement?.tagName === 'BUTTON'");
        var popup = await visitor.SeePopupAsync(() => visitor.Page.Keyboard.PressAsync("Enter"));
        await Expect(visitor.Heading("Connecting WhatsApp")).ToBeFocusedAsync();

        await popup.BringToFrontAsync();
        await TabToAsync(popup, "document.activeElement.name === 'account'");
        // Upwards from the first comes the last, which is the newest.
        for (var moves = 0; moves < 200 && await popup.EvaluateAsync<string>("document.activeElement.value") != number.Waba.Id; moves++)
            await popup.Keyboard.PressAsync("ArrowUp");
        await popup.Keyboard.PressAsync("Enter");
        foreach (var name in (string[])["PHONE_NUMBER_SETUP", "PERMISSIONS"])
        {
            await Expect(popup.GetByText(name)).ToBeVisibleAsync();
            await TabToAsync(popup, "document.activeElement.textContent === 'Continue'");
            await popup.Keyboard.PressAsync("Enter");
        }

        await Expect(popup.GetByText("Last step")).ToBeVisibleAsync();
        await TabToAsync(popup, "document.activeElement.textContent === 'Finish'");
        await popup.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page.GetByText("WhatsApp is connected. New messages")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Of_several_numbers_those_are_connected_that_were_chosen()
    {
        await using var visitor = await sample.OpenAsync(address: sample.PopupAddress);
        var number = AddNumber();
        var other = number.Waba.AddNumber("+1 631-555-0101", "Lucky Shrub Deliveries");
        await visitor.SignUpAsync();
        await visitor.ConnectByPopupAsync(number.Waba.Id);
        await Expect(visitor.Heading("Choose your numbers")).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("popup-choice");
        foreach (var box in await visitor.Page.GetByRole(AriaRole.Checkbox).AllAsync())
            await box.SetCheckedAsync(await box.GetAttributeAsync("value") == other.Id);
        await visitor.Button("Connect these numbers").ClickAsync();
        await Expect(visitor.Page.Locator(".number-phone")).ToHaveTextAsync(other.DisplayPhoneNumber);
        number.Waba.IsAppSubscribed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_number_stays_in_the_business_app_and_what_it_holds_is_asked_for()
    {
        await using var visitor = await sample.OpenAsync(address: sample.PopupAddress);
        var waba = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddCoexistenceNumber("+1 631-555-0103", "Lucky Shrub Market");
        sample.Meta.Faults.On(GraphOperations.SyncAppData, Fault.Error(400, 100), when: call => call.Path.Contains(number.Id));
        await visitor.SignUpAsync();
        await visitor.ConnectByPopupAsync(waba.Id, "coexistence");

        await Expect(visitor.Page.Locator(".number").GetByText("are not copied yet")).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("popup-coexistence");
        await visitor.Page.Locator(".number").GetByRole(AriaRole.Button).ClickAsync();
        await Expect(visitor.Page.GetByText("Meta has been asked.")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("are not copied yet")).ToHaveCountAsync(0);
        number.AppDataSyncs.Count.ShouldBe(2);
        number.Registrations.ShouldBeEmpty();
    }

    private static async Task TabToAsync(IPage page, string there)
    {
        for (var moves = 0; moves < 40; moves++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>(there))
                return;
        }

        Assert.Fail("The keyboard does not reach it: " + there);
    }

    private EmulatedNumber AddNumber() => sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "Lucky Shrub");
}
