using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>A person without an account here connects by a link that somebody else made.</summary>
public sealed class LinkTests(TheSample sample)
{
    public static TheoryData<string, bool> People => new MatrixTheoryData<string, bool>(["en-US", "es-MX", "pt-BR"], [false, true]);

    private static (string Title, string Button, string Done, string Unexpected) Words(string locale) => locale[..2] switch
    {
        "es" => ("Conecta un número de WhatsApp con Frontdesk", "Conectar WhatsApp", "WhatsApp está conectado.", "no es"),
        "pt" => ("Conecte um número do WhatsApp a Frontdesk", "Conectar WhatsApp", "O WhatsApp está conectado.", "não"),
        _ => ("Connect a WhatsApp number to Frontdesk", "Connect WhatsApp", "WhatsApp is connected.", "not"),
    };

    [Theory, MemberData(nameof(People))]
    public async Task Connects_by_the_redirect(string locale, bool phone)
    {
        var number = AddNumber();
        await using var owner = await sample.OpenAsync();
        var link = await InviteAsync(owner);
        await using var person = await sample.OpenAsync(phone, locale: locale);
        var words = Words(locale);
        await person.Page.GotoAsync(link);
        await Expect(person.Heading(words.Title)).ToBeVisibleAsync();
        await person.LookAsync($"link-{locale}");
        await person.Page.Keyboard.PressAsync("Tab");
        await Expect(person.Button(words.Button)).ToBeFocusedAsync();
        await person.Page.Keyboard.PressAsync("Enter");
        await person.ContinueAtMetaAsync(number.Waba.Id);

        await Expect(person.Heading(words.Done)).ToBeVisibleAsync();
        await Expect(person.Page.Locator(".number")).ToHaveTextAsync(number.DisplayPhoneNumber);
        await person.LookAsync($"link-connected-{locale}");
        number.Waba.IsAppSubscribed.ShouldBeTrue();
        await owner.Page.GotoAsync("/onboarding/invite");
        await Expect(owner.Page.Locator(".links .pill")).ToHaveTextAsync("Used");
    }

    [Theory, MemberData(nameof(People))]
    public async Task Connects_in_meta_s_window(string locale, bool phone)
    {
        var number = AddNumber();
        await using var owner = await sample.OpenAsync(address: sample.PopupAddress);
        var link = await InviteAsync(owner);
        await using var person = await sample.OpenAsync(phone, sample.PopupAddress, locale);
        var words = Words(locale);
        await person.Page.GotoAsync(link);
        await person.Page.WaitForFunctionAsync("() => customElements.get('whatsapp-connect')");
        await person.Button(words.Button).WaitForAsync();
        await person.LookAsync($"link-popup-{locale}");
        var popup = await person.OpenPopupAsync(words.Button);
        await popup.Locator($"input[name=account][value='{number.Waba.Id}']").CheckAsync();
        await Visitor.EndAsync(popup, "finish");

        await Expect(person.Heading(words.Done)).ToBeVisibleAsync();
        await Expect(person.Page.Locator(".number")).ToHaveTextAsync(number.DisplayPhoneNumber);
        await person.LookAsync($"link-popup-connected-{locale}");
        number.Waba.IsAppSubscribed.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(People))]
    public async Task Connects_and_chooses_without_script(string locale, bool phone)
    {
        var number = AddNumber();
        var other = number.Waba.AddNumber("+1 631-555-0101", "Lucky Shrub Deliveries");
        await using var owner = await sample.OpenAsync(address: sample.PopupAddress);
        var link = await InviteAsync(owner);
        await using var person = await sample.OpenAsync(phone, sample.PopupAddress, locale, script: false);
        var words = Words(locale);
        await person.Page.GotoAsync(link);
        await person.PictureAsync($"link-no-script-{locale}");
        await person.Button(words.Button).ClickAsync();
        foreach (var box in await person.Page.GetByRole(AriaRole.Checkbox).AllAsync())
            await box.SetCheckedAsync(await box.GetAttributeAsync("value") == number.Waba.Id);
        await person.Button("Continue").ClickAsync();

        await Expect(person.Page.Locator($"input[value='{other.Id}']")).ToBeVisibleAsync();
        await person.Page.Locator($"input[value='{other.Id}']").CheckAsync();
        await person.PictureAsync($"link-choice-{locale}");
        await person.Page.Locator("form button:not(.plain)").ClickAsync();
        await Expect(person.Heading(words.Done)).ToBeVisibleAsync();
        await Expect(person.Page.Locator(".number")).ToHaveTextAsync(other.DisplayPhoneNumber);
    }

    [Fact]
    public async Task A_reconnect_link_with_another_number_changes_nothing_and_says_which_one_is_meant()
    {
        var (number, another) = (AddNumber(), AddNumber("+1 631-555-0155"));
        await using var owner = await sample.OpenAsync();
        await owner.SignUpConnectedAsync(sample.Meta, number.Waba.Id);
        await owner.Page.GotoAsync("/onboarding/invite");
        await owner.Page.GetByLabel("To connect a number again, and no other one").CheckAsync();
        var link = await InviteAsync(owner, number.DisplayPhoneNumber, signUp: false);
        await using var person = await sample.OpenAsync(phone: true);
        await person.Page.GotoAsync(link);
        await Expect(person.Page.Locator(".number")).ToHaveTextAsync(number.DisplayPhoneNumber);
        await person.LookAtBothAsync("link-reconnect");
        await person.Page.SetViewportSizeAsync(320, 640);
        await person.FitsAsync("link-reconnect-narrow");
        await person.ResizeAsync(phone: true);
        await person.Button("Connect WhatsApp").ClickAsync();
        await person.ContinueAtMetaAsync(another.Waba.Id);

        await Expect(person.Alert).ToBeVisibleAsync();
        await Expect(person.Page.Locator(".number")).ToHaveTextAsync(number.DisplayPhoneNumber);
        await person.LookAtBothAsync("link-reconnect-other");
        another.Waba.IsAppSubscribed.ShouldBeFalse();
        await owner.Page.GotoAsync("/dashboard");
        await Expect(owner.Page.Locator(".number-phone")).ToHaveTextAsync(number.DisplayPhoneNumber);

        await person.Button("Connect WhatsApp").ClickAsync();
        await person.ContinueAtMetaAsync(number.Waba.Id);
        await Expect(person.Heading("WhatsApp is connected.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_link_is_shown_once_with_a_field_to_copy_from_and_can_be_taken_back()
    {
        await using var owner = await sample.OpenAsync(phone: true);
        var link = await InviteAsync(owner);
        await owner.LookAtBothAsync("invite-made");
        await owner.Page.GotoAsync("/onboarding/invite");
        (await owner.Page.ContentAsync()).ShouldNotContain(link);
        await owner.LookAtBothAsync("invite");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = "Take back the link for Ann" }).ClickAsync();
        await Expect(owner.Page.Locator(".links .pill")).ToHaveTextAsync("Taken back");

        await using var person = await sample.OpenAsync(phone: true);
        await person.Page.GotoAsync(link);
        await Expect(person.Heading("This link cannot be used now")).ToBeVisibleAsync();
        await Expect(person.Alert).ToContainTextAsync("This link was taken back.");
        await person.LookAtBothAsync("link-revoked");
        await Expect(person.Page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Whoever_cancels_at_meta_is_told_and_presses_again()
    {
        var number = AddNumber();
        await using var owner = await sample.OpenAsync();
        var link = await InviteAsync(owner);
        await using var person = await sample.OpenAsync(phone: true);
        await person.Page.GotoAsync(link);
        await person.Button("Connect WhatsApp").ClickAsync();
        await person.Button("Cancel").ClickAsync();
        await Expect(person.Alert).ToContainTextAsync("cancelled or not allowed");
        await person.LookAtBothAsync("link-cancelled");
        await person.Button("Connect WhatsApp").ClickAsync();
        await person.ContinueAtMetaAsync(number.Waba.Id);
        await Expect(person.Heading("WhatsApp is connected.")).ToBeVisibleAsync();
    }

    /// <summary>The owner of a new account makes a link for Ann: its address.</summary>
    private static async Task<string> InviteAsync(Visitor owner, string? number = null, bool signUp = true)
    {
        if (signUp)
        {
            await owner.SignUpAsync();
            await owner.Page.GotoAsync("/onboarding/invite");
        }

        await owner.Page.GetByLabel("Whom is it for?").FillAsync("Ann");
        if (number is not null)
            await owner.Page.GetByLabel("Which number?").FillAsync(number);
        await owner.Button("Make a link").ClickAsync();
        return await owner.Page.GetByLabel("Link", new() { Exact = true }).InputValueAsync();
    }

    private EmulatedNumber AddNumber(string number = "+1 631-555-0100") => sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber(number, "Lucky Shrub");
}
