using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>What is due, on the pages of the sample: wherever somebody is signed in, and nowhere else.</summary>
public sealed class AttentionPageTests(TheSample browser)
{
    [Fact]
    public async Task What_is_due_stands_on_every_page_of_whoever_is_signed_in_and_goes_away_when_it_is_done()
    {
        await using var visitor = await browser.OpenAsync();
        var waba = browser.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "Lucky Shrub");
        await visitor.SignUpConnectedAsync(browser.Meta, waba.Id);
        var due = visitor.Page.Locator("whatsapp-attention");
        await Expect(due).ToBeAttachedAsync();
        await Expect(due.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);

        await browser.Meta.Happenings.DisableAsync(waba.Id, TestContext.Current.CancellationToken);
        foreach (var path in (string[])["/dashboard", "/account", "/account/attempts", "/onboarding/whatsapp?add=1"])
        {
            await visitor.Page.GotoAsync(path);
            await Expect(due.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToHaveTextAsync("WhatsApp needs your attention");
            await Expect(due.GetByRole(AriaRole.Link, new() { Name = "Open at Meta" })).ToBeVisibleAsync();
            await visitor.LookAtBothAsync("attention-on" + path.Split('?')[0].Replace('/', '-'));
        }

        await browser.Meta.Happenings.ReinstateAsync(waba.Id, TestContext.Current.CancellationToken);
        await visitor.Page.EvaluateAsync("document.querySelector('whatsapp-attention').refresh()");
        await Expect(due.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);
        await visitor.LookAsync("attention-done");

        await visitor.Page.Context.ClearCookiesAsync();
        await visitor.Page.GotoAsync("/auth/login");
        await Expect(due).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_declined_name_says_why_on_the_card_on_the_page_of_the_number_and_above_all()
    {
        await using var visitor = await browser.OpenAsync();
        var waba = browser.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "Best Deals Online", made => made.NameStatus = "DECLINED");
        await visitor.SignUpConnectedAsync(browser.Meta, waba.Id);
        await browser.Meta.Happenings.RefuseNameAsync(number.Id, "NAME_NOT_CONSISTENT", TestContext.Current.CancellationToken);
        await visitor.Page.ReloadAsync();

        await Expect(visitor.Page.Locator(".number")).ToContainTextAsync("does not match how your business calls itself elsewhere");
        await Expect(visitor.Page.Locator("whatsapp-attention")).ToContainTextAsync("does not match how your business calls itself elsewhere");
        await visitor.LookAtBothAsync("name-declined");
        await visitor.Page.GotoAsync("/onboarding/whatsapp/numbers/" + number.Id);
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Display name" })).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Open WhatsApp Manager" })).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("business.facebook.com/wa/manage"));
        await visitor.LookAtBothAsync("name-declined-number");
    }

    [Fact]
    public async Task The_operators_see_how_far_those_come_who_begin_to_connect()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("WHATSAPP_TESTS_CHROMIUM") is not { Length: > 0 }, "No browser.");
        await using var process = await SampleProcess.StartAsync(TheSample.Settings(browser.Meta, new string('v', 40)));
        await using var first = await browser.OpenAsync(phone: true, address: process.Address);
        await using var other = await browser.OpenAsync(address: process.Address);
        var waba = browser.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "Lucky Shrub");
        await first.SignUpAsync();
        var page = first.Page;
        await page.GotoAsync("/operator");
        await page.GetByRole(AriaRole.Link, new() { Name = "Funnel" }).ClickAsync();
        await Expect(page.GetByText("Nobody has begun to connect")).ToBeVisibleAsync();
        await first.LookAtBothAsync("operator-funnel-empty");

        await other.SignUpConnectedAsync(browser.Meta, waba.Id);
        await other.Page.APIRequest.GetAsync("/api/integrations/whatsapp/connect", new() { MaxRedirects = 0 });
        await other.Page.GotoAsync("/operator/funnel");
        await Expect(other.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/dashboard"));
        await page.GetByRole(AriaRole.Link, new() { Name = "30 days" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "started" })).ToContainTextAsync("2");
        await Expect(page.GetByRole(AriaRole.Row).Filter(new() { HasText = "saved" })).ToContainTextAsync("50");
        await Expect(page.GetByRole(AriaRole.Rowheader, new() { Name = "under_way" })).ToBeVisibleAsync();
        (await page.ContentAsync()).ShouldNotContain(other.Email);
        await first.LookAtBothAsync("operator-funnel");
    }
}
