using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>Signing up tells all that is wrong at once, and a forgotten password is no end.</summary>
public sealed class RecoveryTests(TheSample sample)
{
    [Fact]
    public async Task A_sign_up_tells_all_that_is_wrong_at_once_and_begins_at_the_first_of_it()
    {
        await using var visitor = await sample.OpenAsync(phone: true);
        var page = visitor.Page;
        await page.GotoAsync("/auth/signup");
        await page.GetByLabel("Email").FillAsync("nobody");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("aaa");
        await visitor.Button("Create account").ClickAsync();

        await Expect(visitor.Alert).ToContainTextAsync("Enter an email address such as name@example.com.");
        await Expect(visitor.Alert).ToContainTextAsync("This password is too short.");
        await Expect(visitor.Alert).ToContainTextAsync("This password repeats too much.");
        await Expect(page.GetByLabel("Email")).ToBeFocusedAsync();

        await page.GetByLabel("Email").FillAsync(visitor.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("aaa");
        await page.GetByLabel("Show password").CheckAsync();
        await Expect(page.GetByLabel("Password", new() { Exact = true })).ToHaveAttributeAsync("type", "text");
        await visitor.LookAtBothAsync("signup-wrong");
        await visitor.Button("Create account").ClickAsync();
        await Expect(page.GetByLabel("Password", new() { Exact = true })).ToBeFocusedAsync();
        await Expect(visitor.Alert).Not.ToContainTextAsync("email");
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_a_link_that_works_once_and_nobody_learns_who_has_an_account()
    {
        await using var visitor = await sample.OpenAsync(phone: true, script: false);
        var page = visitor.Page;
        await visitor.PostSignUpAsync();
        await page.Context.ClearCookiesAsync();

        var unknown = await AskAsync(page, "nobody@example.com");
        (await AskAsync(page, visitor.Email)).ShouldBe(unknown, "the answers are the same");
        await visitor.FitsBothAsync("forgot-asked");
        var link = await LinkToAsync(visitor.Email);
        MailsTo("nobody@example.com").ShouldBeEmpty();

        await page.GotoAsync(link);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync("another horse entirely");
        await visitor.FitsBothAsync("reset");
        await visitor.Button("Change the password").ClickAsync();
        await Expect(page.GetByText("Your password is changed.")).ToBeVisibleAsync();
        await visitor.SignInAsync();
        await Expect(visitor.Alert).ToContainTextAsync("do not match", new() { UseInnerText = true });
        await page.GetByLabel("Email").FillAsync(visitor.Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("another horse entirely");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/dashboard$"));

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(link);
        await page.GetByLabel("New password", new() { Exact = true }).FillAsync("one more horse again");
        await visitor.Button("Change the password").ClickAsync();
        await Expect(visitor.Alert).ToContainTextAsync("This link was used already, or its hour is over.");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Ask for a new link" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task An_address_gets_three_links_an_hour_however_often_somebody_asks()
    {
        await using var visitor = await sample.OpenAsync(script: false);
        await using var other = await sample.OpenAsync(script: false);
        await visitor.PostSignUpAsync();
        await other.PostSignUpAsync();
        await visitor.Page.Context.ClearCookiesAsync();
        for (var times = 0; times < 5; times++)
            await AskAsync(visitor.Page, visitor.Email);

        // They are sent in their order, so what was asked for before is done with.
        await AskAsync(visitor.Page, other.Email);
        await LinkToAsync(other.Email);
        MailsTo(visitor.Email).Length.ShouldBe(3);
    }

    private static async Task<string> AskAsync(IPage page, string email)
    {
        await page.GotoAsync("/auth/forgot");
        await page.GetByLabel("Email").FillAsync(email);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a link" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        return await page.Locator("main").InnerTextAsync();
    }

    private string[] MailsTo(string email) => !Directory.Exists(sample.Mail) ? [] :
        [.. Directory.GetFiles(sample.Mail, "*.eml").Select(File.ReadAllText).Where(mail => mail.Contains("To: " + email, StringComparison.Ordinal))];

    /// <summary>What the newest mail leads to, once there is one.</summary>
    private async Task<string> LinkToAsync(string email)
    {
        for (var left = 200; left > 0; left--)
        {
            if (MailsTo(email) is [.., var mail] && Regex.Match(mail, @"http\S+/auth/reset\S+") is { Success: true } link)
                return link.Value;
            await Task.Delay(50);
        }

        throw new InvalidOperationException("No mail came.");
    }
}
