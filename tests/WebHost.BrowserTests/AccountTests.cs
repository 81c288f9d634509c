using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

public sealed class AccountTests(TheSample sample)
{
    [Fact]
    public async Task Wrong_sign_ups_and_sign_ins_say_what_to_do()
    {
        await using var visitor = await sample.OpenAsync(phone: true);
        await visitor.SignUpByFormAsync();
        await using var other = await sample.OpenAsync(phone: true);
        var page = other.Page;

        await page.GotoAsync("/auth/signup");
        await other.LookAsync("signup");
        await page.GetByLabel("Email").FillAsync(visitor.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("short");
        await other.Button("Create account").ClickAsync();
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Visitor.Password);
        await other.Button("Create account").ClickAsync();
        await Expect(other.Alert.First).ToBeVisibleAsync();
        await other.LookAsync("signup-taken");

        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in instead." }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/auth/login$"));
        await page.GetByLabel("Email").FillAsync(visitor.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("wrong password");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(other.Alert.First).ToBeVisibleAsync();
        await other.LookAsync("login-wrong");
    }

    [Fact]
    public async Task Deleting_an_account_disconnects_it_and_leaves_nothing_to_sign_in_to()
    {
        await using var visitor = await sample.OpenAsync();
        var waba = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "Lucky Shrub");
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);

        await visitor.Page.GotoAsync("/account");
        await visitor.LookAsync("account");
        await visitor.Button("Delete account").ClickAsync();
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(Visitor.Password);
        await visitor.Button("Delete for good").ClickAsync();
        await Expect(visitor.Page).Not.ToHaveURLAsync(new Regex("/account$"));

        waba.IsAppSubscribed.ShouldBeFalse();
        await visitor.SignInAsync();
        await Expect(visitor.Alert.First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_happened_is_listed_with_who_did_it_and_all_that_is_kept_can_be_downloaded()
    {
        await using var visitor = await sample.OpenAsync(phone: true);
        var waba = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "Lucky Shrub");
        await visitor.SignUpConnectedAsync(sample.Meta, waba.Id);

        await visitor.Page.GotoAsync("/account");
        var latest = visitor.Page.Locator(".audit li").First;
        await Expect(latest).ToContainTextAsync("Connected, +1 631-555-0100");
        await Expect(latest).ToContainTextAsync(visitor.Email);
        await visitor.LookAtBothAsync("account-audit");

        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Button("Download").ClickAsync());
        download.SuggestedFilename.ShouldBe("whatsapp-export.json");
        using var export = JsonDocument.Parse(await File.ReadAllTextAsync(await download.PathAsync()));
        export.RootElement.GetProperty("numbers")[0].GetProperty("phoneNumberId").GetString().ShouldBe(number.Id);
    }

    [Fact]
    public async Task Messages_of_one_account_never_reach_another()
    {
        await using var first = await sample.OpenAsync();
        await using var second = await sample.OpenAsync();
        var mine = sample.Meta.World.AddBusiness("Mine").AddWaba("Main").AddNumber("+1 631-555-0100", "Mine");
        var theirs = sample.Meta.World.AddBusiness("Theirs").AddWaba("Main").AddNumber("+1 631-555-0101", "Theirs");
        await first.SignUpConnectedAsync(sample.Meta, mine.Waba.Id);
        await second.SignUpConnectedAsync(sample.Meta, theirs.Waba.Id);

        await sample.Meta.Webhooks.ReceiveMessageAsync(theirs.Id, "+1 555 000 2222", "Bob", "for the others");
        await sample.Meta.Webhooks.ReceiveMessageAsync(mine.Id, "+1 555 000 1111", "Ann", "for me");

        await Expect(first.Page.GetByText("for me").First).ToBeVisibleAsync();
        await Expect(second.Page.GetByText("for the others").First).ToBeVisibleAsync();
        (await first.Page.GetByText("for the others").CountAsync()).ShouldBe(0);
        (await second.Page.GetByText("for me").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task After_signing_out_in_one_tab_the_other_tab_hears_nothing_more()
    {
        await using var visitor = await sample.OpenAsync();
        var number = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "Lucky Shrub");
        await visitor.SignUpConnectedAsync(sample.Meta, number.Waba.Id);
        var tab = await visitor.NewPageAsync();
        await tab.GotoAsync("/dashboard");
        await tab.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(tab).Not.ToHaveURLAsync(new Regex("/dashboard"));

        await sample.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+1 555 000 3333", "Ann", "too late");

        await Expect(tab.GetByText("too late")).ToHaveCountAsync(0);
        (await visitor.Page.GetByText("too late").CountAsync()).ShouldBe(0);
    }
}
