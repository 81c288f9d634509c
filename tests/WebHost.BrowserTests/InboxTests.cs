using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using WhatsAppOnboarding.Testing;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>The inbox as a window to work in: what is in sight, what stays where it was, and what is kept.</summary>
public sealed class InboxTests(TheSample sample)
{
    private static readonly EmulatedCustomer Ann = new("Ann", "+1 555 000 1234");
    private static readonly EmulatedCustomer Bob = new("Bob", "+1 555 000 1235");

    [Theory, InlineData(1440, 900), InlineData(1280, 720), InlineData(768, 1024), InlineData(360, 740)]
    public async Task The_composer_is_in_sight_whatever_is_in_the_conversation_and_however_the_numbers_stand(int width, int height)
    {
        await using var visitor = await sample.OpenAsync();
        var waba = AddNumbers(30);
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);
        for (var i = 0; i < 12; i++)
            await HearAsync(waba.Numbers[0], Ann, $"Line {i}\nand another\nand one more");
        await sample.Meta.Happenings.BanNumberAsync(waba.Numbers[8].Id, TestContext.Current.CancellationToken);
        await visitor.Page.SetViewportSizeAsync(width, height);
        await visitor.Page.GotoAsync("/dashboard");
        await visitor.Page.Locator("#conversations a").First.ClickAsync();

        await Expect(visitor.Page.Locator("#numbers-line")).ToContainTextAsync("1 of 30 numbers needs you: +1 631-555-0208");
        await Expect(visitor.Page.Locator(".number-phone").First).ToHaveTextAsync("+1 631-555-0208");
        await Expect(Text(visitor)).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(visitor.Log.GetByText("Line 11")).ToBeInViewportAsync();
        (await visitor.Page.EvaluateAsync<int>("() => document.documentElement.scrollHeight - innerHeight")).ShouldBeLessThanOrEqualTo(0);
        await visitor.LookAsync($"inbox-{width}");
    }

    [Fact]
    public async Task On_a_phone_the_list_and_the_conversation_are_two_screens_and_the_way_back_is_the_browsers_too()
    {
        await using var visitor = await sample.OpenAsync(phone: true);
        var waba = AddNumbers(1);
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);
        await HearAsync(waba.Numbers[0], Ann, "Do you have ferns?");
        var (item, back) = (visitor.Page.Locator("#conversations a"), visitor.Page.GetByRole(AriaRole.Link, new() { Name = "All conversations" }));
        await Expect(item).ToBeVisibleAsync();
        await Expect(Text(visitor)).ToBeHiddenAsync();

        await item.ClickAsync();
        await Expect(Text(visitor)).ToBeVisibleAsync();
        await Expect(item).ToBeHiddenAsync();
        await visitor.LookAsync("inbox-phone");
        await back.ClickAsync();
        await Expect(item).ToBeFocusedAsync();
        await visitor.Page.GoBackAsync();
        await Expect(Text(visitor)).ToBeVisibleAsync();
        await visitor.Page.GoBackAsync();
        await Expect(item).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_conversation_opens_in_place_and_keeps_where_one_was_and_what_was_typed()
    {
        await using var visitor = await sample.OpenAsync();
        var waba = AddNumbers(1);
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);
        for (var i = 0; i < 20; i++)
            await HearAsync(waba.Numbers[0], Ann, $"Line {i}\nand another");
        await HearAsync(waba.Numbers[0], Bob, "Good morning");
        var list = visitor.Page.Locator("#conversations");
        await list.GetByText("Ann").ClickAsync();
        await Expect(visitor.Log.GetByText("Line 19")).ToBeVisibleAsync();
        await visitor.Page.EvaluateAsync("() => { window.stays = true; document.getElementById('log').scrollTop = 120; }");
        await Text(visitor).FillAsync("For Ann");

        await list.GetByText("Bob").ClickAsync();
        await Expect(visitor.Log.GetByText("Good morning")).ToBeVisibleAsync();
        await Expect(Text(visitor)).ToHaveValueAsync("");
        await Expect(Text(visitor)).ToBeFocusedAsync();
        await list.GetByText("Ann").ClickAsync();

        await Expect(Text(visitor)).ToHaveValueAsync("For Ann");
        (await visitor.Page.EvaluateAsync<int>("() => document.getElementById('log').scrollTop")).ShouldBe(120);
        (await visitor.Page.EvaluateAsync<bool>("() => window.stays === true")).ShouldBeTrue("the page was not loaded anew");
        await visitor.Page.ReloadAsync();
        await Expect(Text(visitor)).ToHaveValueAsync("For Ann");
    }

    [Fact]
    public async Task A_sign_in_that_ends_keeps_what_was_typed_and_says_why()
    {
        await using var visitor = await sample.OpenAsync();
        var waba = AddNumbers(1);
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);
        await HearAsync(waba.Numbers[0], Ann, "Do you have ferns?");
        await Text(visitor).FillAsync("We have some left");

        // Only what is sent finds out.
        await visitor.Page.RouteAsync(new Regex("api/chat/(conversations|thread|read)|handler=State"), route => route.AbortAsync());
        await visitor.Page.Context.ClearCookiesAsync();
        await visitor.Button("Send").ClickAsync();

        await Expect(visitor.Page.GetByText("Your sign-in has ended.")).ToBeVisibleAsync();
        await visitor.Page.UnrouteAllAsync();
        await visitor.Page.GetByLabel("Email").FillAsync(visitor.Email);
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Visitor.Password);
        await visitor.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/dashboard[?]number="));
        await Expect(visitor.Log.GetByText("Your sign-in had ended. What you wrote is kept here.")).ToBeVisibleAsync();
        await Text(visitor).FillAsync("And moss");
        await visitor.Button("Send again").ClickAsync();
        await Expect(visitor.Log.Locator(".bubble[data-state=delivered]")).ToContainTextAsync("We have some left");
        await Expect(Text(visitor)).ToHaveValueAsync("And moss");

        await visitor.Button("Sign out").ClickAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new Regex("/$"));
        (await visitor.Page.EvaluateAsync<int>("() => sessionStorage.length")).ShouldBe(0);
    }

    [Fact]
    public async Task What_comes_while_the_list_is_on_its_way_stays_in_it_and_so_does_what_more_was_shown()
    {
        await using var visitor = await sample.OpenAsync();
        var waba = AddNumbers(1);
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);
        for (var i = 0; i < 45; i++)
            await HearAsync(waba.Numbers[0], new EmulatedCustomer($"Customer {i}", $"+1 555 001 {i:0000}"), "Good morning");
        await visitor.Page.GotoAsync("/dashboard");
        var items = visitor.Page.Locator("#conversations li");
        await Expect(items).ToHaveCountAsync(40);
        await visitor.Button("Show more").ClickAsync();
        await Expect(items).ToHaveCountAsync(45);
        await Expect(visitor.Page).ToHaveTitleAsync(new Regex(@"^\(43\) Inbox"));

        var (asked, answered) = (new TaskCompletionSource(), new TaskCompletionSource());
        await visitor.Page.RouteAsync("**/api/chat/conversations*", async route =>
        {
            var answer = await route.FetchAsync();
            asked.TrySetResult();
            await answered.Task;
            await route.FulfillAsync(new() { Response = answer });
        });
        await items.First.Locator("a").ClickAsync();
        await items.Nth(1).Locator("a").ClickAsync();
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await HearAsync(waba.Numbers[0], Bob, "Good evening");
        await Expect(items).ToHaveCountAsync(46);
        answered.SetResult();

        await Expect(visitor.Page).ToHaveTitleAsync(new Regex(@"^\(43\) Inbox"));
        await Expect(items).ToHaveCountAsync(46);
        await Expect(items.First).ToContainTextAsync("Good evening");
        await visitor.Page.GetByLabel("Search by name, number or text").FillAsync("evening");
        await Expect(items).ToHaveCountAsync(1);
        await visitor.LookAtBothAsync("inbox-search");
    }

    private static ILocator Text(Visitor visitor) => visitor.Page.GetByLabel("Message", new() { Exact = true });

    private EmulatedWaba AddNumbers(int count)
    {
        var waba = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        for (var i = 0; i < count; i++)
            waba.AddNumber($"+1 631-555-02{i:00}", "Lucky Shrub");
        return waba;
    }

    private async Task HearAsync(EmulatedNumber number, EmulatedCustomer from, string text) =>
        (await sample.Meta.Webhooks.ReceiveAsync(MetaMessages.Text(number, from, text))).Status.ShouldBe(DeliveryStatus.Delivered);
}
