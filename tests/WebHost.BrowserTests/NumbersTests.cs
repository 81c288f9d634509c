using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

public sealed class NumbersTests(TheSample sample)
{
    [Fact]
    public async Task Several_numbers_are_one_line_that_opens_and_say_once_what_is_true_of_all()
    {
        await using var other = await sample.OpenAsync();
        await using var visitor = await sample.OpenAsync();
        var waba = AddNumbers();
        await other.SignUpConnectedAsync(sample.Meta, waba.Id);
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);

        await Expect(visitor.Page.GetByText("Another account of this service")).ToHaveCountAsync(1);
        var card = visitor.Page.GetByText("+1 631-555-0102").And(visitor.Page.Locator(".number-phone"));
        await Expect(card).ToBeHiddenAsync();
        await visitor.FitsAsync("numbers");

        await visitor.ResizeAsync(phone: true);
        await visitor.LookAsync("numbers-folded");
        await visitor.Page.GetByText("3 numbers connected").ClickAsync();
        await Expect(card).ToBeVisibleAsync();
        await visitor.LookAsync("numbers-open");
    }

    [Fact]
    public async Task A_number_that_cannot_be_read_disconnects_nothing()
    {
        await using var visitor = await sample.OpenAsync();
        var waba = AddNumbers();
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);

        foreach (var which in (string[])["junk", "1x", " ", "+1 631-555-0100"])
        {
            var form = visitor.Page.APIRequest.CreateFormData();
            form.Set("__RequestVerificationToken", await visitor.Page.Locator("#disconnect-dialog input[name=__RequestVerificationToken]").InputValueAsync());
            form.Set("which", which);
            var answer = await visitor.Page.APIRequest.PostAsync("/dashboard?handler=Disconnect", new() { Form = form, MaxRedirects = 0 });
            answer.Status.ShouldBe(400, $"'{which}'");
        }

        await visitor.Page.ReloadAsync();
        await Expect(visitor.Page.GetByText("Disconnected")).ToHaveCountAsync(0);
        waba.IsAppSubscribed.ShouldBeTrue();
    }

    [Fact]
    public async Task Back_to_meta_and_continue_again_leads_to_the_dashboard()
    {
        await using var visitor = await sample.OpenAsync();
        var waba = AddNumbers();
        await visitor.SignUpAsync();
        await visitor.ConnectAsync(waba.Id);
        await ExpectDashboardAsync(visitor);
        await Expect(visitor.Page.GetByText("WhatsApp is connected.")).ToBeVisibleAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/dashboard$"));

        await visitor.Page.GoBackAsync();
        await visitor.Button("Continue").ClickAsync();

        await ExpectDashboardAsync(visitor);
        await Expect(visitor.Alert).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Why_nothing_can_be_sent_stands_on_the_card_and_above_the_composer_with_the_way_to_mend_it()
    {
        await using var visitor = await sample.OpenAsync();
        var waba = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "Lucky Shrub");
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);
        var card = visitor.Page.Locator(".number");
        var (above, text) = (visitor.Page.Locator("#read-only"), visitor.Page.GetByLabel("Message", new() { Exact = true }));
        await visitor.OpenNumbersAsync();
        await Expect(card.GetByText("Can send")).ToBeVisibleAsync();
        await Expect(card.GetByText("Can receive")).ToBeVisibleAsync();
        await Expect(card.GetByText("Last checked")).ToBeVisibleAsync();
        await sample.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+15550001234", "Ann", "Do you have ferns?");
        await Expect(visitor.Log.GetByText("Do you have ferns?")).ToBeVisibleAsync();
        waba.HasPaymentMethod = false;

        await text.FillAsync("Yes");
        await visitor.Button("Send").ClickAsync();

        await Expect(card.GetByText("Cannot send")).ToBeVisibleAsync();
        await Expect(card.GetByText("Can receive")).ToBeVisibleAsync();
        foreach (var place in (ILocator[])[card, above])
        {
            await Expect(place).ToContainTextAsync("no payment method");
            await Expect(place.GetByRole(AriaRole.Link, new() { Name = "Open payment settings" })).ToHaveAttributeAsync("href", new Regex("^https://business.facebook.com/billing_hub"));
        }

        await Expect(text).ToBeHiddenAsync();
        await visitor.LookAtBothAsync("numbers-cannot-send");
    }

    private static Task ExpectDashboardAsync(Visitor visitor) =>
        Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Inbox");

    private EmulatedWaba AddNumbers()
    {
        var waba = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        for (var i = 0; i < 3; i++)
            waba.AddNumber($"+1 631-555-010{i}", "Lucky Shrub");
        return waba;
    }
}
