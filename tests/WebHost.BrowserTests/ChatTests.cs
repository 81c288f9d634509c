using System.Text.Json.Nodes;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

public sealed class ChatTests(TheSample sample)
{
    private static readonly EmulatedCustomer Ada = new("Ada Park", "+1 555 000 1234");
    private static readonly EmulatedCustomer Nora = new("Nora Field") { Username = "@norafield", UserId = "US.10000000000000000001" };

    [Fact]
    public async Task A_conversation_shows_edits_deletions_the_phones_own_messages_and_a_new_number_as_they_come()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        await TellAsync(MetaMessages.Text(number, Ada, "Two ferns, please", id: "wamid.ONE"), MetaMessages.Text(number, Ada, "My card is 1234", id: "wamid.TWO"));
        await Expect(visitor.Log.GetByText("My card is 1234")).ToBeVisibleAsync();

        await TellAsync(
            MetaMessages.Edit(number, Ada, "wamid.ONE", "Three ferns, please"),
            MetaMessages.Revoke(number, Ada, "wamid.TWO"),
            MetaMessages.Media(number, Ada, "audio"),
            MetaMessages.Welcome(number, Ada),
            MetaBusinessAppEvents.Echo(number, Ada, "We are open until six"),
            MetaMessages.NumberChanged(number, Ada, "+1 555 000 9999"));

        var bubbles = visitor.Log.Locator(".bubble");
        await Expect(bubbles).ToHaveCountAsync(4);
        await Expect(bubbles.Nth(0)).ToContainTextAsync("Three ferns, please");
        await Expect(bubbles.Nth(0).GetByText("Edited")).ToBeVisibleAsync();
        await Expect(bubbles.Nth(1)).ToContainTextAsync("This message was deleted.");
        await Expect(bubbles.Nth(2).Locator("audio")).ToHaveCountAsync(1);
        await Expect(visitor.Log.Locator(".bubble.out")).ToContainTextAsync("Sent on the phone");
        await Expect(visitor.Log.Locator(".line")).ToContainTextAsync("changed from 15550001234 to 15550009999");
        await Expect(visitor.Page.GetByText("My card is 1234")).ToHaveCountAsync(0);
        await Expect(visitor.Page.Locator("#conversations li")).ToHaveCountAsync(1);

        await TellAsync(MetaMessages.Text(number, Ada with { Number = "+1 555 000 9999" }, "It is me"));
        await Expect(visitor.Log.GetByText("It is me")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#talk-detail")).ToHaveTextAsync("+15550009999");
        await visitor.LookAtBothAsync("chat-changes");
        await visitor.Page.ReloadAsync();
        await Expect(visitor.Log.Locator(".bubble")).ToHaveCountAsync(5);
        await Expect(visitor.Page.Locator("#talk-detail")).ToHaveTextAsync("+15550009999");
    }

    [Fact]
    public async Task A_customer_with_a_username_is_answered_and_a_group_is_only_read()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        await TellAsync(MetaMessages.Text(number, Nora, "Do you ship abroad?"));
        await Expect(visitor.Page.Locator("#talk-title")).ToHaveTextAsync("Nora Field");
        await Expect(visitor.Page.Locator("#talk-detail")).ToHaveTextAsync("@norafield");

        await visitor.Page.GetByLabel("Message", new() { Exact = true }).FillAsync("Yes, we do");
        await visitor.Button("Send").ClickAsync();
        await Expect(visitor.Log.Locator(".bubble[data-state=delivered]")).ToHaveCountAsync(1);
        sample.Meta.World.Messages.Last(message => message.PhoneNumberId == number.Id).CustomerUserId.ShouldBe(Nora.UserId);

        await TellAsync(MetaMessages.Text(number, Ada, "What do you all think?", more: new JsonObject { ["group_id"] = "Y2FwaV9ncm91cDox" }));
        await visitor.Page.Locator("#conversations").GetByText("What do you all think?").ClickAsync();
        await Expect(visitor.Log.GetByText("Ada Park", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#read-only")).ToContainTextAsync("You can only read groups here");
        await Expect(visitor.Page.GetByLabel("Message", new() { Exact = true })).ToBeHiddenAsync();
        await visitor.LookAtBothAsync("chat-group");
    }

    [Fact]
    public async Task Two_threads_that_turn_out_to_be_one_customer_become_one_on_the_open_page()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        var hidden = new EmulatedCustomer("Bea Hill") { UserId = "US.10000000000000000004" };
        await TellAsync(MetaMessages.Text(number, hidden, "By name"));
        await Expect(visitor.Log.GetByText("By name")).ToBeVisibleAsync();
        var byNumber = MetaMessages.Text(number, new EmulatedCustomer("Bea Hill", "+1 555 000 4444"), "By number", more: new JsonObject { ["from_user_id"] = "" });
        byNumber.Value.Remove("contacts");
        await TellAsync(byNumber);
        await Expect(visitor.Page.Locator("#conversations li")).ToHaveCountAsync(2);

        await TellAsync(MetaMessages.Text(number, hidden with { Number = "+1 555 000 4444" }, "By both"));

        await Expect(visitor.Page.Locator("#conversations li")).ToHaveCountAsync(1);
        foreach (var text in new[] { "By name", "By number", "By both" })
            await Expect(visitor.Log.GetByText(text, new() { Exact = true })).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#talk-detail")).ToHaveTextAsync("+15550004444");
    }

    [Fact]
    public async Task What_Meta_says_to_do_about_a_violation_is_in_sight()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);

        await TellAsync(MetaAccountUpdates.Violation(number, "ADULT", remediation: "Remove the picture of the offer"));
        await TellAsync(MetaAccountUpdates.Restriction(number, "RESTRICTED_BIZ_INITIATED_MESSAGING", DateTimeOffset.UtcNow.AddDays(3), remediation: "Ask us for a review"));

        await Expect(visitor.Page.Locator(".number")).ToContainTextAsync("Meta says: “Remove the picture of the offer”");
        await Expect(visitor.Page.Locator(".number")).ToContainTextAsync("Meta says: “Ask us for a review”");
        await visitor.LookAtBothAsync("chat-violation");
    }

    private async Task<EmulatedNumber> ConnectAsync(Visitor visitor)
    {
        var waba = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "Lucky Shrub");
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);
        await Expect(visitor.Page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        return number;
    }

    private async Task TellAsync(params WebhookChange[] changes)
    {
        foreach (var change in changes)
            (await sample.Meta.Webhooks.SendAsync(change)).Status.ShouldBe(DeliveryStatus.Delivered);
    }
}
