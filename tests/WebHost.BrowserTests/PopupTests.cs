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
    [InlineData("en-US", "Connect WhatsApp", "Connecting WhatsApp", false)]
    [InlineData("es-MX", "Conectar WhatsApp", "Conectando WhatsApp", true)]
    [InlineData("pt-BR", "Conectar WhatsApp", "Conectando o WhatsApp", false)]
    public async Task Connects_in_the_visitor_s_language(string locale, string button, string heading, bool phone)
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

        await Expect(visitor.Page.GetByText("WhatsApp is connected. New messages")).ToBeVisibleAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/dashboard$"));
        await Expect(visitor.Page.Locator(".number-phone")).ToHaveTextAsync(number.DisplayPhoneNumber);
        number.Waba.IsAppSubscribed.ShouldBeTrue();
        await visitor.LookAsync($"popup-connected-{locale}");
    }

    private EmulatedNumber AddNumber() => sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "Lucky Shrub");
}
