using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>What people met in the field, as they see it in the sample: one test for each case that needs a page, with a picture of its end.</summary>
[Collection(nameof(FieldCases))]
public sealed class FieldPageTests(FieldSample field, TheSample browser)
{
    [Fact, Trait("Case", "C1")]
    public async Task The_dashboard_shows_what_was_picked_in_the_window_and_no_more()
    {
        await using var visitor = await OpenAsync();
        var one = field.AddNumber();
        one.Waba.Owner.AddWaba("Brand 2").AddNumber("+1 631-555-0101", "Two");
        await visitor.ConnectByPopupAsync(one.Waba.Id);
        await Expect(visitor.Page.Locator(".number-phone")).ToHaveTextAsync([one.DisplayPhoneNumber]);
        await visitor.FitsBothAsync("case-01-picked");
    }

    [Fact, Trait("Case", "C2")]
    public async Task A_waba_that_cannot_be_read_is_a_finding_beside_the_numbers_that_are_connected()
    {
        await using var visitor = await OpenAsync();
        var healthy = field.AddNumber();
        var broken = healthy.Waba.Owner.AddWaba("Broken");
        field.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(403, 131031), int.MaxValue, when: call => call.Path.Contains(broken.Id));
        await visitor.Page.GotoAsync("/api/integrations/whatsapp/connect");
        await visitor.ContinueAtMetaAsync(healthy.Waba.Id, broken.Id);
        await Expect(visitor.Heading("Choose your numbers")).ToBeVisibleAsync();
        await visitor.FitsBothAsync("case-02-choice");
        await visitor.Page.GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await visitor.Button("Connect these numbers").ClickAsync();
        await Expect(visitor.Page.GetByText("Another WhatsApp account that you granted could not be read").First).ToBeVisibleAsync();
        await visitor.FitsBothAsync("case-02-finding");
    }

    [Theory, Trait("Case", "C3")]
    [InlineData("BANNED", "WhatsApp Manager")]
    [InlineData("PENDING", "Meta")]
    public async Task A_number_that_Meta_calls_banned_is_not_shown_as_connected(string word, string text)
    {
        await using var visitor = await OpenAsync();
        var number = field.AddNumber(number => (number.Status, number.PlatformType) = (word, "CLOUD_API"));
        await visitor.ConnectByPopupAsync(number.Waba.Id);
        await Expect(visitor.Page.Locator(".number").GetByText(text).First).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByText("WhatsApp is connected")).ToHaveCountAsync(0);
        await visitor.FitsBothAsync($"case-03-{word}");
    }

    [Fact, Trait("Case", "C4")]
    public async Task A_registration_that_the_name_holds_up_says_so_and_how_many_are_left()
    {
        await using var visitor = await OpenAsync();
        var number = field.AddNumber(FieldSample.Unregistered);
        field.Meta.Faults.On(GraphOperations.Register, Fault.Error(400, 100, 2388001), int.MaxValue, when: call => call.Path.Contains(number.Id));
        await visitor.ConnectByPopupAsync(number.Waba.Id);
        await Expect(visitor.Page.Locator(".number").GetByText("display name").First).ToBeVisibleAsync();
        await visitor.FitsBothAsync("case-04-dashboard");
        await visitor.Page.GotoAsync("/onboarding/whatsapp/numbers/" + number.Id);
        await Expect(visitor.Page.GetByText(new Regex("9 of 10 registrations are left|Left: 9"))).ToBeVisibleAsync();
        await visitor.FitsBothAsync("case-04-number");
    }

    [Fact, Trait("Case", "C5")]
    public async Task A_life_of_an_hour_is_a_finding_on_the_dashboard()
    {
        await using var visitor = await OpenAsync();
        var number = field.AddNumber();
        var sixty = field.Options.ExtendedTokenLifetime;
        (field.Options.TokenKind, field.Options.SayExpiresIn, field.Options.ExtendedTokenLifetime) = (EmulatedTokenKind.User, false, TimeSpan.FromHours(1));
        try
        {
            await visitor.Page.GotoAsync("/api/integrations/whatsapp/connect");
            await visitor.ContinueAtMetaAsync(number.Waba.Id);
            await Expect(visitor.Page.Locator(".number")).ToContainTextAsync("Connect again to get one that lasts");
            await visitor.FitsBothAsync("case-05-short-life");
        }
        finally
        {
            (field.Options.TokenKind, field.Options.SayExpiresIn, field.Options.ExtendedTokenLifetime) = (EmulatedTokenKind.SystemUser, true, sixty);
        }
    }

    [Theory, Trait("Case", "C6")]
    [InlineData("+55 11 91234-5678", null)]
    [InlineData("+55 11 91234-5679", "another phone number")]
    public async Task The_expected_number_is_known_in_another_spelling_and_another_number_is_refused(string expected, string? refusal)
    {
        await using var visitor = await OpenAsync();
        var number = field.AddNumber(phone: "+55 11 1234-5678");
        await visitor.Page.GotoAsync("/api/integrations/whatsapp/connect?expect=" + Uri.EscapeDataString(expected));
        await visitor.ContinueAtMetaAsync(number.Waba.Id);
        await Expect(refusal is null ? visitor.Page.Locator(".number-phone") : visitor.Page.Locator("whatsapp-connect section")).ToContainTextAsync(refusal ?? number.DisplayPhoneNumber);
        await visitor.FitsBothAsync(refusal is null ? "case-06-same" : "case-06-other");
    }

    [Theory, Trait("Case", "C8")]
    [InlineData(415, 2859009, "business.facebook.com", "08-two-factor")]
    [InlineData(190, 459, "facebook.com", "08-check")]
    [InlineData(100, 191, "not your fault", "13-redirect-refused")]
    public async Task An_end_says_who_can_cure_it_and_has_the_button_that_it_names(int code, int subcode, string words, string picture)
    {
        await using var visitor = await OpenAsync();
        var number = field.AddNumber();
        if (subcode is 191)
            field.Meta.Faults.On(GraphOperations.ExchangeCode, Fault.Error(400, subcode));
        else
            field.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(400, code, subcode), int.MaxValue, when: call => call.Path.Contains(number.Waba.Id));
        await visitor.ConnectByPopupAsync(number.Waba.Id);
        await Expect(visitor.Page.Locator("whatsapp-connect section")).ToContainTextAsync(words, new() { IgnoreCase = true });
        await Expect(visitor.Button("Connect WhatsApp")).ToHaveCountAsync(subcode is 191 ? 0 : 1);
        await visitor.FitsBothAsync("case-" + picture);
    }

    [Fact, Trait("Case", "C9")]
    public async Task Meta_s_other_form_of_a_refusal_is_not_the_person_s_fault()
    {
        await using var visitor = await OpenAsync();
        field.AddNumber();
        await visitor.Page.GotoAsync("/api/integrations/whatsapp/connect");
        var state = System.Web.HttpUtility.ParseQueryString(new Uri(visitor.Page.Url).Query)["state"]!;
        await visitor.Page.GotoAsync($"/integrations/whatsapp/callback?error_code=1349126&error_message=App%20Not%20Set%20Up&state={Uri.EscapeDataString(state)}");
        await Expect(visitor.Page.Locator("whatsapp-connect section")).ToContainTextAsync("not your fault", new() { IgnoreCase = true });
        await visitor.FitsBothAsync("case-09-not-set-up");
    }

    private async Task<Visitor> OpenAsync()
    {
        var visitor = await browser.OpenAsync(address: field.Address);
        await visitor.SignUpAsync();
        return visitor;
    }
}
