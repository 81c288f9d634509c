using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>The emulator's first page beside the sample: what a visitor does there as the customer, and as Meta, shows here.</summary>
public sealed class CockpitTests(TheSample sample)
{
    [Fact]
    public async Task A_customer_with_a_number_writes_and_one_without_reacts_edits_deletes_and_reads()
    {
        await using var visitor = await sample.OpenAsync();
        await using var person = await sample.OpenAsync(phone: true, address: sample.Meta.Address);
        var (number, phone) = (await ConnectAsync(visitor), person.Page);
        await phone.GotoAsync($"/?number={number.Id}");
        await WriteAsync(phone, "Do you have ferns?");
        await Expect(visitor.Log.GetByText("Do you have ferns?")).ToBeVisibleAsync();
        await Expect(phone.GetByText("Read by the business")).ToBeVisibleAsync();

        await phone.GetByText("Be somebody else").ClickAsync();
        await phone.GetByLabel("Your name").FillAsync("Nora Field");
        await phone.GetByLabel("Your username").FillAsync("norafield");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Be this customer" }).ClickAsync();
        await WriteAsync(phone, "Do you ship to the moon?");
        await visitor.Page.Locator("#conversations").GetByText("Nora Field").ClickAsync();
        await Expect(visitor.Page.Locator("#talk-detail")).ToContainTextAsync("@norafield");
        await SendAsync(visitor, "Only to the far side");

        var answer = phone.Locator("li.business");
        await Expect(answer).ToContainTextAsync("Only to the far side");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Read: blue ticks" }).ClickAsync();
        await Expect(answer).ToContainTextAsync("You have read it");
        await Expect(visitor.Log.Locator(".bubble.out[data-state=read]")).ToHaveCountAsync(1);
        await answer.Locator("summary").ClickAsync();
        await answer.GetByRole(AriaRole.Button, new() { Name = "React with 👍" }).ClickAsync();
        await Expect(visitor.Log.Locator(".bubble.out .sign")).ToHaveTextAsync("👍");

        await answer.GetByRole(AriaRole.Link, new() { Name = "Reply" }).ClickAsync();
        await WriteAsync(phone, "What a pity");
        await Expect(visitor.Log.Locator(".bubble.in .quote:visible")).ToContainTextAsync("Only to the far side");
        var asked = phone.Locator("li.customer").First;
        await asked.Locator("summary").ClickAsync();
        await asked.GetByRole(AriaRole.Link, new() { Name = "Edit" }).ClickAsync();
        await phone.GetByLabel("Message", new() { Exact = true }).FillAsync("Do you ship to the Moon?");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(visitor.Log.Locator(".bubble.in").First).ToContainTextAsync("Do you ship to the Moon?");
        await person.LookAtBothAsync("cockpit-talk");
        await phone.Locator("li.customer").Last.Locator("summary").ClickAsync();
        await phone.Locator("li.customer").Last.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(visitor.Log.Locator(".bubble.in.deleted")).ToHaveCountAsync(1);
        await Expect(phone.GetByText("This message was deleted.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_photo_a_voice_message_and_a_place_arrive_by_a_click_each_and_by_keyboard()
    {
        await using var visitor = await sample.OpenAsync();
        await using var person = await sample.OpenAsync(address: sample.Meta.Address);
        var (number, phone) = (await ConnectAsync(visitor), person.Page);
        await phone.GotoAsync($"/?number={number.Id}");
        foreach (var what in (string[])["Photo", "Voice message", "Place"])
        {
            await phone.GetByRole(AriaRole.Button, new() { Name = what, Exact = true }).FocusAsync();
            await phone.Keyboard.PressAsync("Enter");
            await Expect(phone.Locator("#said")).ToHaveTextAsync($"Done: {what}");
            await Expect(phone.GetByRole(AriaRole.Button, new() { Name = what, Exact = true })).ToBeFocusedAsync();
        }

        await Expect(visitor.Log.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 640);
        await Expect(visitor.Log.Locator("audio")).ToHaveCountAsync(1);
        await Expect(visitor.Log.GetByText("Greenhouse 4")).ToBeVisibleAsync();
        await Expect(phone.Locator(".log img")).ToHaveJSPropertyAsync("naturalWidth", 640);
        await phone.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await person.LookAtBothAsync("cockpit-files-dark");
    }

    [Fact]
    public async Task A_message_that_fails_is_sent_again_and_once_the_24_hours_are_over_the_composer_says_why()
    {
        await using var visitor = await sample.OpenAsync();
        await using var person = await sample.OpenAsync(address: sample.Meta.Address);
        var (number, phone) = (await ConnectAsync(visitor), person.Page);
        await phone.GotoAsync($"/?number={number.Id}");
        await WriteAsync(phone, "Do you have ferns?");
        await phone.GetByLabel("It fails with").SelectOptionAsync("131026");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Let it fail" }).ClickAsync();
        await Expect(phone.GetByText("Fails: 131026 (Message undeliverable)")).ToBeVisibleAsync();
        await SendAsync(visitor, "We do!");
        await Expect(visitor.Log.GetByText("(Meta error 131026)")).ToBeVisibleAsync();
        await Expect(phone.GetByText("You never got this")).ToBeVisibleAsync();
        await visitor.Button("Send again").ClickAsync();
        await Expect(visitor.Log.Locator(".bubble.out[data-state=delivered]")).ToHaveCountAsync(1);

        // Meta holds them to it only where the emulator is told so, and this one serves other tests.
        await phone.GetByRole(AriaRole.Button, new() { Name = "Let them be over" }).ClickAsync();
        await Expect(phone.GetByText("24 hours to answer Closed")).ToBeVisibleAsync();
        number.NextFailure = new EmulatedFailure(131047);
        await SendAsync(visitor, "Shall we keep two?");
        await Expect(visitor.Page.GetByText("This customer wrote last on")).ToBeVisibleAsync();
        await Expect(visitor.Page.GetByLabel("Message", new() { Exact = true })).ToBeHiddenAsync();
        await person.LookAtBothAsync("cockpit-window");
        await WriteAsync(phone, "Are you still there?");
        await Expect(visitor.Page.GetByLabel("Message", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_Meta_does_to_the_number_stands_in_the_samples_line_of_numbers()
    {
        await using var visitor = await sample.OpenAsync();
        await using var person = await sample.OpenAsync(address: sample.Meta.Address);
        var (number, phone) = (await ConnectAsync(visitor), person.Page);
        await phone.GotoAsync($"/?number={number.Id}");
        var (line, card) = (visitor.Page.Locator("#numbers-line"), visitor.Page.Locator(".number"));

        await PressAsync(phone, "Flag it");
        await Expect(card).ToContainTextAsync("Low quality");
        await PressAsync(phone, "Flag it no longer");
        await PressAsync(phone, "Pause it");
        await Expect(line).ToContainTextAsync("Paused by Meta");
        await PressAsync(phone, "Let it go on");
        await PressAsync(phone, "Disable it");
        await Expect(card).ToContainTextAsync("Disabled by Meta");
        await PressAsync(phone, "Reinstate it");
        await PressAsync(phone, "Restrict it");
        await Expect(card).ToContainTextAsync("Restricted");
        await person.LookAtBothAsync("cockpit-switches");
        await PressAsync(phone, "Remove the app");
        await Expect(line).ToContainTextAsync("Disconnected by Meta");
    }

    [Fact]
    public async Task Without_script_it_is_plain_forms()
    {
        await using var person = await sample.OpenAsync(address: sample.Meta.Address, script: false);
        var (number, phone) = (AddNumber(), person.Page);
        await phone.GotoAsync($"/?number={number.Id}");
        await phone.GetByLabel("Message", new() { Exact = true }).FillAsync("Are you open?");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(phone.Locator("li.customer")).ToContainTextAsync("the business will not hear this");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Flag it", Exact = true }).ClickAsync();
        await Expect(phone.GetByText("Flagged, quality RED", new() { Exact = true })).ToBeVisibleAsync();
        await phone.GetByRole(AriaRole.Link, new() { Name = "Everything at Meta" }).ClickAsync();
        await Expect(phone.Locator($"#number-{number.Id}")).ToContainTextAsync("Status FLAGGED");
    }

    private static async Task PressAsync(IPage phone, string button)
    {
        await phone.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Expect(phone.Locator("#said")).ToHaveTextAsync($"Done: {button}");
    }

    private static async Task WriteAsync(IPage phone, string text)
    {
        await phone.GetByLabel("Message", new() { Exact = true }).FillAsync(text);
        await phone.Keyboard.PressAsync("Enter");
        await Expect(phone.Locator("li.customer").Last).ToContainTextAsync(text);
    }

    private static async Task SendAsync(Visitor visitor, string text)
    {
        await visitor.Page.GetByLabel("Message", new() { Exact = true }).FillAsync(text);
        await visitor.Button("Send").ClickAsync();
    }

    private EmulatedNumber AddNumber() => sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "Lucky Shrub");

    private async Task<EmulatedNumber> ConnectAsync(Visitor visitor)
    {
        var number = AddNumber();
        await visitor.SignUpConnectedAsync(sample.Meta, number.Waba.Id);
        await Expect(visitor.Page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        return number;
    }
}
