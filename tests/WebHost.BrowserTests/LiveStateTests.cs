using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Webhooks;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

public sealed class LiveStateTests(TheSample sample)
{
    private static readonly EmulatedCustomer Ann = new("Ann", "+1 555 000 1234");

    [Fact]
    public async Task Quality_turns_red_by_itself_for_the_account_concerned_only()
    {
        await using var visitor = await sample.OpenAsync();
        await using var other = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        await ConnectAsync(other);
        await Expect(Card(visitor)).ToContainTextAsync("High quality");

        await sample.Meta.Webhooks.SendAsync(MetaNumberEvents.Quality(number, "FLAGGED", "TIER_2K"));

        await Expect(Card(visitor)).ToContainTextAsync("Low quality");
        await Expect(Card(visitor)).ToContainTextAsync("customers block or report its messages");
        await Expect(Said(visitor)).ToContainTextAsync("Low quality");
        await Expect(Said(other)).ToBeEmptyAsync();
        await Expect(Card(other)).ToContainTextAsync("High quality");
        await visitor.LookAtBothAsync("live-quality");
    }

    [Fact]
    public async Task A_restriction_shows_by_itself_and_leaves_focus_and_folds_as_they_are()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor, numbers: 2);
        var add = visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Add numbers" });
        var open = visitor.Page.Locator("#numbers-fold[open]");
        await visitor.OpenNumbersAsync();
        await Expect(open).ToHaveCountAsync(1);
        await add.FocusAsync();

        await sample.Meta.Webhooks.SendAsync(MetaAccountUpdates.Restriction(number.Waba, "RESTRICTED_BIZ_INITIATED_MESSAGING", DateTimeOffset.UtcNow.AddDays(3)));

        await Expect(visitor.Page.Locator("#numbers").GetByText("you cannot begin conversations")).ToHaveCountAsync(1);
        await Expect(visitor.Page.Locator(".number .pill").GetByText("Restricted")).ToHaveCountAsync(2);
        await Expect(Said(visitor)).ToContainTextAsync("All numbers: Meta restricts");
        await Expect(add).ToBeFocusedAsync();
        await Expect(open).ToHaveCountAsync(1);

        await sample.Meta.Happenings.DisableAsync(number.Waba.Id);

        await Expect(visitor.Page.Locator(".number .pill").GetByText("Disabled by Meta").First).ToBeVisibleAsync();
        await Expect(open).ToHaveCountAsync(1);
        await visitor.LookAtBothAsync("live-restricted");
    }

    [Fact]
    public async Task A_pause_stops_writing_by_itself_and_gives_it_back_with_what_was_typed()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        await HearAsync(visitor, number);
        var text = visitor.Page.GetByLabel("Message", new() { Exact = true });
        await text.FillAsync("One moment");

        await sample.Meta.Happenings.OffboardAsync(number.Waba.Id);

        await Expect(Card(visitor)).ToContainTextAsync("Paused by Meta");
        await Expect(text).ToBeHiddenAsync();
        await Expect(visitor.Page.Locator("#read-only")).ToContainTextAsync("It goes on by itself");
        await visitor.LookAtBothAsync("live-paused");

        await sample.Meta.Happenings.ReconnectAsync(number.Waba.Id);

        await Expect(text).ToHaveValueAsync("One moment");
        await Expect(text).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#read-only")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_number_that_the_business_took_away_says_why_and_can_be_connected_again()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        await HearAsync(visitor, number);

        await sample.Meta.Happenings.RemovePartnerAsync(number.Waba.Id);

        await Expect(Card(visitor)).ToContainTextAsync("Disconnected by Meta");
        await Expect(Card(visitor)).ToContainTextAsync("removed in Meta's business settings");
        await Expect(Card(visitor).Locator("time").First).ToBeVisibleAsync();
        await Expect(Said(visitor)).ToContainTextAsync("Disconnected by Meta");
        await Expect(visitor.Page.Locator("#read-only")).ToContainTextAsync("You can only read here.");
        await Expect(visitor.Page.GetByLabel("Message", new() { Exact = true })).ToBeHiddenAsync();
        await Expect(visitor.Log.GetByText("Do you have ferns?")).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("live-disconnected");

        await visitor.Page.Locator("#read-only").GetByRole(AriaRole.Link, new() { Name = "Connect WhatsApp again" }).ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/onboarding/whatsapp"));
        await visitor.Button("Connect WhatsApp").ClickAsync();
        await visitor.ContinueAtMetaAsync(number.Waba.Id);

        await Expect(Card(visitor).Locator(".pill").First).ToHaveTextAsync("Connected");
        await Expect(visitor.Page.GetByLabel("Message", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(visitor.Log.GetByText("Do you have ferns?")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_message_that_failed_says_why_and_what_to_do()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        await HearAsync(visitor, number);
        var text = visitor.Page.GetByLabel("Message", new() { Exact = true });
        sample.Meta.Faults.On(GraphOperations.SendMessage, Fault.Error(400, 131056), when: call => call.Path.Contains(number.Id));
        await text.FillAsync("We do!");
        await visitor.Button("Send").ClickAsync();
        await Expect(visitor.Log.GetByText("(Meta error 131056)")).ToBeVisibleAsync();

        await text.FillAsync("Shall we keep two?");
        // Or the emulated Meta would tell by itself that it was delivered.
        number.Waba.IsAppSubscribed = false;
        await visitor.Button("Send").ClickAsync();
        await Expect(visitor.Log.Locator(".bubble[data-state=accepted]")).ToHaveCountAsync(1);
        number.Waba.IsAppSubscribed = true;
        var sent = sample.Meta.World.Messages.Single(message => message.PhoneNumberId == number.Id && message.Body == "Shall we keep two?");
        await sample.Meta.Webhooks.SendAsync(MetaStatuses.Failed(number, sent.Id, Ann));

        var bubble = visitor.Log.Locator(".bubble[data-state=failed]").Last;
        await Expect(bubble).ToContainTextAsync("The number may not be on WhatsApp.");
        await Expect(bubble).ToContainTextAsync("(Meta error 131026)");
        await visitor.LookAtBothAsync("live-failed");
    }

    private static ILocator Card(Visitor visitor) => visitor.Page.Locator(".number");

    private static ILocator Said(Visitor visitor) => visitor.Page.Locator("#numbers-status");

    private async Task<EmulatedNumber> ConnectAsync(Visitor visitor, int numbers = 1)
    {
        var waba = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        for (var i = 0; i < numbers; i++)
            waba.AddNumber($"+1 631-555-010{i}", "Lucky Shrub");
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);
        await Expect(visitor.Page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        return waba.Numbers[0];
    }

    private async Task HearAsync(Visitor visitor, EmulatedNumber number)
    {
        // That it was read is told to Meta on the same path as what is sent.
        await visitor.Page.RunAndWaitForResponseAsync(
            () => sample.Meta.Webhooks.SendAsync(MetaMessages.Text(number, Ann, "Do you have ferns?")), answer => answer.Url.Contains("/api/chat/read"));
        await Expect(visitor.Log.GetByText("Do you have ferns?")).ToBeVisibleAsync();
    }
}
