using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>What may be written, and when: the composer never offers what would not arrive.</summary>
public sealed class WindowTests(TheSample sample)
{
    private static readonly EmulatedCustomer Ann = new("Ann", "+1 555 000 1234");

    [Theory, InlineData(true), InlineData(false)]
    public async Task After_a_day_the_composer_says_why_and_leads_to_a_template_that_is_filled_seen_and_sent(bool script)
    {
        await using var visitor = await sample.OpenAsync(script: script);
        var number = await ConnectAsync(visitor);
        await HearAsync(number, "Do you have ferns?", DateTimeOffset.UtcNow.AddHours(-25));
        await visitor.Page.GotoAsync("/dashboard");
        await Expect(Text(visitor)).ToBeHiddenAsync();
        await Expect(visitor.Page.Locator("#closed")).ToContainTextAsync("This customer wrote last on");
        await visitor.PictureAsync("window-closed");
        if (script)
            await visitor.LookAtBothAsync("window-closed");

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Choose a template" }).ClickAsync();
        if (script)
            await visitor.LookAtBothAsync("templates");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Use Order update, en_US" }).ClickAsync();
        var fields = visitor.Page.Locator(".fill input:not([type=hidden])");
        await fields.Nth(0).FillAsync("Ann");
        await visitor.Page.Locator(".fill").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(visitor.Alert).ToContainTextAsync("Fill in");
        await Expect(fields.Nth(0)).ToHaveValueAsync("Ann");
        await fields.Nth(1).FillAsync("7");
        if (script)
        {
            await Expect(visitor.Page.Locator(".fill .bubble")).ToContainTextAsync("Ann");
            await visitor.LookAtBothAsync("template-filled");
        }

        await visitor.Page.Locator(".fill").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/dashboard[?]number="));
        await Expect(visitor.Log.Locator(".bubble.out")).ToContainTextAsync("Ann");
        sample.Meta.World.Messages.Single(message => message.PhoneNumberId == number.Id).Type.ShouldBe("template");

        await HearAsync(number, "Thank you", DateTimeOffset.UtcNow);
        if (!script)
            await visitor.Page.ReloadAsync();
        await Expect(Text(visitor)).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#until")).ToContainTextAsync("You can answer until");
        await Expect(visitor.Page.Locator("#closed")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_window_closes_by_itself_and_keeps_what_was_typed()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        await visitor.Page.Clock.InstallAsync(new() { TimeDate = DateTime.UtcNow });
        await HearAsync(number, "Do you have ferns?", DateTimeOffset.UtcNow.AddHours(-23));
        await visitor.Page.GotoAsync("/dashboard");
        await Text(visitor).FillAsync("We do");

        await visitor.Page.Clock.FastForwardAsync("01:01:00");

        await Expect(Text(visitor)).ToBeHiddenAsync();
        await Expect(visitor.Page.Locator("#closed")).ToBeFocusedAsync();
        await Expect(Text(visitor)).ToHaveValueAsync("We do");
    }

    [Fact]
    public async Task Somebody_new_gets_a_template_only_and_a_wrong_number_is_said()
    {
        await using var visitor = await sample.OpenAsync(phone: true);
        var number = await ConnectAsync(visitor);

        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "New", Exact = true }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Use Hello world, en_US" }).ClickAsync();
        await visitor.Page.GetByLabel("Customer's number").FillAsync("12");
        await visitor.Page.Locator(".fill").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();
        await Expect(visitor.Alert).ToContainTextAsync("country code");
        await Expect(visitor.Page.GetByLabel("Customer's number")).ToHaveValueAsync("12");
        await visitor.Page.GetByLabel("Customer's number").FillAsync("+1 555 000 7777");
        await visitor.Page.Locator(".fill").GetByRole(AriaRole.Button, new() { Name = "Send" }).ClickAsync();

        await Expect(visitor.Log.Locator(".bubble.out")).ToHaveCountAsync(1);
        await Expect(visitor.Page.Locator("#closed")).ToContainTextAsync("has not written to you yet");
        await Expect(Text(visitor)).ToBeHiddenAsync();
        sample.Meta.World.Messages.Single(message => message.PhoneNumberId == number.Id).Customer.ShouldBe("15550007777");
    }

    [Fact]
    public async Task Pill_New_and_composer_say_the_same_whatever_Meta_does_to_the_number()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        await HearAsync(number, "Do you have ferns?", DateTimeOffset.UtcNow);
        await Expect(Text(visitor)).ToBeVisibleAsync();
        var (begin, pill) = (visitor.Page.Locator("#new-conversation"), visitor.Page.Locator("#numbers-line .pill"));
        await Expect(begin).ToBeVisibleAsync();

        await sample.Meta.Webhooks.SendAsync(MetaAccountUpdates.Restriction(number.Waba, "RESTRICTED_BIZ_INITIATED_MESSAGING", DateTimeOffset.UtcNow.AddDays(3)));
        await Expect(begin).ToBeHiddenAsync();
        await Expect(Text(visitor)).ToBeVisibleAsync();

        await sample.Meta.Happenings.DisableAsync(number.Waba.Id, TestContext.Current.CancellationToken);
        await Expect(Text(visitor)).ToBeHiddenAsync();
        await Expect(begin).ToBeHiddenAsync();
        await Expect(pill).Not.ToHaveTextAsync("Connected");
        await Expect(visitor.Page.Locator("#closed")).ToBeHiddenAsync();
        await Expect(visitor.Page.Locator("#read-only")).ToContainTextAsync("You cannot write now.");
        await visitor.LookAtBothAsync("window-disabled");
    }

    private static ILocator Text(Visitor visitor) => visitor.Page.GetByLabel("Message", new() { Exact = true });

    private async Task<EmulatedNumber> ConnectAsync(Visitor visitor)
    {
        var number = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "Lucky Shrub");
        await visitor.SignUpConnectedAsync(sample.Meta, number.Waba.Id);
        return number;
    }

    private async Task HearAsync(EmulatedNumber number, string text, DateTimeOffset at)
    {
        var change = MetaMessages.Text(number, Ann, text);
        change.Value["messages"]![0]!["timestamp"] = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        (await sample.Meta.Webhooks.SendAsync(change)).Status.ShouldBe(DeliveryStatus.Delivered);
    }
}
