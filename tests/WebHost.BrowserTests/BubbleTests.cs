using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>Messages as people know them from their phones.</summary>
public sealed class BubbleTests(TheSample sample)
{
    private static readonly EmulatedCustomer Ann = new("Ann", "+1 555 000 1234");

    [Fact]
    public async Task A_message_is_there_at_once_with_a_clock_and_what_failed_is_sent_again_as_it_was()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        await HearAsync(MetaMessages.Text(number, Ann, "Do you have ferns?"));
        await Expect(visitor.Log.GetByText("Do you have ferns?")).ToBeVisibleAsync();
        var held = new TaskCompletionSource<IRoute>();
        await visitor.Page.RouteAsync("**/api/chat/messages", route => held.SetResult(route));

        await Text(visitor).FillAsync("We do!");
        await Text(visitor).PressAsync("Enter");
        await Expect(visitor.Log.Locator(".bubble[data-state=sending]")).ToContainTextAsync("We do!");
        await Expect(Text(visitor)).ToHaveValueAsync("");
        await (await held.Task).ContinueAsync();
        await Expect(visitor.Log.Locator(".bubble[data-state=delivered]")).ToHaveCountAsync(1);

        await visitor.Page.UnrouteAllAsync();
        sample.Meta.Faults.On(GraphOperations.SendMessage, Fault.Refused(131056), when: call => call.Path.Contains(number.Id));
        await Text(visitor).FillAsync("Shall we keep two?");
        await Text(visitor).PressAsync("Enter");
        var failed = visitor.Log.Locator(".bubble[data-state=failed]");
        await Expect(failed).ToContainTextAsync("Too many messages to this customer");
        await Expect(visitor.Page.Locator("#conversations")).ToContainTextAsync("Failed:");
        await visitor.LookAtBothAsync("bubble-failed");
        await visitor.Button("Send again").ClickAsync();
        await Expect(visitor.Log.Locator(".bubble[data-state=delivered]")).ToHaveCountAsync(2);
        await Expect(failed).ToHaveCountAsync(0);
        sample.Meta.World.Messages.Count(message => message.PhoneNumberId == number.Id && message.Body == "Shall we keep two?").ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_connection_nothing_is_lost_and_a_reload_keeps_it()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        await HearAsync(MetaMessages.Text(number, Ann, "Do you have ferns?"));
        await Expect(visitor.Log.GetByText("Do you have ferns?")).ToBeVisibleAsync();
        await visitor.Page.RouteAsync("**/api/chat/messages", route => route.AbortAsync());
        await Text(visitor).FillAsync("We do!");
        await visitor.Button("Send").ClickAsync();
        await Expect(visitor.Log.Locator(".bubble[data-state=failed]")).ToContainTextAsync("There is no connection.");

        await visitor.Page.ReloadAsync();
        await Expect(visitor.Log.Locator(".bubble[data-state=failed]")).ToContainTextAsync("We do!");
        await visitor.Page.UnrouteAllAsync();
        await visitor.Button("Change it").ClickAsync();
        await Expect(Text(visitor)).ToHaveValueAsync("We do!");
        await visitor.Button("Send").ClickAsync();
        await Expect(visitor.Log.Locator(".bubble[data-state=delivered]")).ToContainTextAsync("We do!");
    }

    [Fact]
    public async Task Writing_has_its_manners_links_go_to_the_web_only_and_nothing_of_a_customer_is_markup()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        await HearAsync(MetaMessages.Text(number, Ann, "*two* _ferns_ `x<y` https://shop.example/a?b=1. javascript:alert(1) <img src=x onerror=alert(1)>", id: "wamid.RICH" + number.Id));
        await HearAsync(MetaMessages.Text(number, Ann, "שלום לכם"));
        await HearAsync(MetaMessages.Reaction(number, Ann, "wamid.RICH" + number.Id, "👍"));

        foreach (var reload in (bool[])[false, true])
        {
            if (reload)
                await visitor.Page.ReloadAsync();
            var bubble = visitor.Log.Locator(".bubble").First;
            await Expect(bubble.Locator(".text .b")).ToHaveTextAsync("two");
            await Expect(bubble.Locator(".text .i")).ToHaveTextAsync("ferns");
            await Expect(bubble.Locator(".text code")).ToHaveTextAsync("x<y");
            var link = bubble.Locator(".text a");
            await Expect(link).ToHaveCountAsync(1);
            await Expect(link).ToHaveAttributeAsync("href", "https://shop.example/a?b=1");
            await Expect(link).ToHaveAttributeAsync("rel", new Regex("noopener"));
            await Expect(bubble.Locator("img")).ToHaveCountAsync(0);
            await Expect(bubble.Locator(".sign")).ToHaveTextAsync("👍");
            await Expect(visitor.Log.Locator(".bubble").Nth(1).Locator(".text")).ToHaveAttributeAsync("dir", "auto");
        }

        await visitor.LookAtBothAsync("bubble-rich");
    }

    [Fact]
    public async Task One_answers_a_message_and_reacts_to_it_by_keyboard_and_the_quote_leads_to_it()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        await HearAsync(MetaMessages.Text(number, Ann, "Do you have ferns?", id: "wamid.Q" + number.Id));
        await Expect(visitor.Log.GetByText("Do you have ferns?")).ToBeVisibleAsync();

        await visitor.Log.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("ArrowUp");
        await visitor.Button("Reply").FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Page.Locator("#answering")).ToContainTextAsync("Do you have ferns?");
        await Text(visitor).FillAsync("We do!");
        await visitor.Page.Keyboard.PressAsync("Enter");
        await Expect(visitor.Log.Locator(".bubble.out .quote")).ToContainTextAsync("Do you have ferns?");
        await Expect(visitor.Log.Locator(".bubble.out[data-state=delivered]")).ToHaveCountAsync(1);
        sample.Meta.World.Messages.Last(message => message.PhoneNumberId == number.Id).ReplyTo.ShouldBe("wamid.Q" + number.Id);

        await visitor.Log.Locator(".bubble.in").HoverAsync();
        await visitor.Button("React").ClickAsync();
        await visitor.Button("❤️").ClickAsync();
        await Expect(visitor.Log.Locator(".bubble.in .sign.own")).ToHaveTextAsync("❤️");
        await visitor.LookAtBothAsync("bubble-quote");
    }

    [Fact]
    public async Task Who_reads_further_up_stays_there_and_is_told_how_many_are_new_below()
    {
        await using var visitor = await sample.OpenAsync();
        var number = await ConnectAsync(visitor);
        for (var i = 0; i < 20; i++)
            await HearAsync(MetaMessages.Text(number, Ann, $"Line {i}\nand another"));
        await Expect(visitor.Log.GetByText("Line 19")).ToBeInViewportAsync();
        await visitor.Log.EvaluateAsync("log => { log.scrollTop = 0; }");
        await Expect(visitor.Page.Locator("#below")).ToBeVisibleAsync();

        await HearAsync(MetaMessages.Text(number, Ann, "One more"));
        await HearAsync(MetaMessages.Text(number, Ann, "And another one"));

        await Expect(visitor.Button("2 new below")).ToBeVisibleAsync();
        (await visitor.Log.EvaluateAsync<int>("log => log.scrollTop")).ShouldBe(0);
        await visitor.Button("2 new below").ClickAsync();
        await Expect(visitor.Log.GetByText("And another one")).ToBeInViewportAsync();
        await Expect(visitor.Page.Locator("#below")).ToBeHiddenAsync();
    }

    private static ILocator Text(Visitor visitor) => visitor.Page.GetByLabel("Message", new() { Exact = true });

    private async Task<EmulatedNumber> ConnectAsync(Visitor visitor)
    {
        var number = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "Lucky Shrub");
        await visitor.SignUpConnectedAsync(sample.Meta, number.Waba.Id);
        await Expect(visitor.Page.GetByText("Live", new() { Exact = true })).ToBeVisibleAsync();
        return number;
    }

    private async Task HearAsync(WebhookChange change) => (await sample.Meta.Webhooks.ReceiveAsync(change)).Status.ShouldBe(DeliveryStatus.Delivered);
}
