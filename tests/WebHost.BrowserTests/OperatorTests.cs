using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>The page of those who run the sample: the first account of a trial is one of them.</summary>
public sealed class OperatorTests(TheSample browser)
{
    [Fact]
    public async Task The_first_account_compares_an_account_with_Meta_and_repairs_it_and_nobody_else_may()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("WHATSAPP_TESTS_CHROMIUM") is not { Length: > 0 }, "No browser.");
        await using var process = await SampleProcess.StartAsync(TheSample.Settings(browser.Meta, new string('v', 40)));
        await using var first = await browser.OpenAsync(phone: true, address: process.Address);
        await using var other = await browser.OpenAsync(address: process.Address);
        var waba = browser.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "Lucky Shrub");
        await first.SignUpAsync();
        await other.SignUpConnectedAsync(browser.Meta, waba.Id);
        await other.Page.GotoAsync("/operator");
        await Expect(other.Page).ToHaveURLAsync(new Regex("/dashboard"));
        (await other.Page.GetByRole(AriaRole.Link, new() { Name = "Operator" }).CountAsync()).ShouldBe(0);
        foreach (var path in new[] { "/operator/doctor", "/operator/rotation" })
        {
            await other.Page.GotoAsync(path);
            await Expect(other.Page).ToHaveURLAsync(new Regex("/dashboard"));
        }

        var page = first.Page;
        await page.GotoAsync("/dashboard");
        await page.GetByRole(AriaRole.Link, new() { Name = "Operator", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Nothing is parked.")).ToHaveCountAsync(2);
        await first.LookAtBothAsync("operator-empty");

        await page.GetByRole(AriaRole.Link, new() { Name = "Examine this host" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Doctor");
        await Expect(page.GetByText("configuration_missing")).ToBeVisibleAsync();
        await first.LookAtBothAsync("operator-doctor");
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the operator's page" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Rotation" }).ClickAsync();
        await Expect(page.Locator("#keys")).ToContainTextAsync("Seals now");
        await Expect(page.GetByText("One token answers Meta's handshake.")).ToBeVisibleAsync();
        await first.LookAtBothAsync("operator-rotation");
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the operator's page" }).ClickAsync();

        await page.GetByLabel("Email address").FillAsync("nobody@example.com");
        await first.Button("Compare with Meta").ClickAsync();
        await Expect(first.Alert).ToHaveTextAsync("No account has this address.");

        await other.Page.GotoAsync("/onboarding/invite");
        await other.Page.GetByLabel("Whom is it for?").FillAsync("Ann");
        await other.Button("Make a link").ClickAsync();
        await Expect(other.Page.GetByText("It is shown now and never again.")).ToBeVisibleAsync();
        await page.GetByLabel("Email address").FillAsync(other.Email);
        await first.Button("Compare with Meta").ClickAsync();
        await Expect(page.GetByText("Books and Meta agree.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Take back the link for Ann" }).ClickAsync();
        await Expect(page.GetByText("The link is taken back.")).ToBeVisibleAsync();
        await Expect(page.Locator(".audit li").Filter(new() { HasText = "Somebody was invited by a link" })).ToContainTextAsync(other.Email);
        await first.Button("Compare with Meta").ClickAsync();

        waba.IsAppSubscribed = false;
        await first.Button("Compare with Meta").ClickAsync();
        await Expect(page.GetByText("subscription_missing")).ToBeVisibleAsync();
        await first.LookAtBothAsync("operator-differences");
        waba.IsAppSubscribed.ShouldBeFalse("a comparison changes nothing");

        await first.Button("Repair what is ours").ClickAsync();
        await Expect(page.GetByText("Repaired: nothing is left.")).ToBeVisibleAsync();
        await Expect(page.GetByText("Books and Meta agree.")).ToBeVisibleAsync();
        waba.IsAppSubscribed.ShouldBeTrue();

        await Expect(page.Locator(".audit li").Last).ToContainTextAsync(other.Email);
        await first.Button("Mark as restored").ClickAsync();
        await Expect(page.Locator("#done")).ToContainTextAsync("Marked as restored: 1 to prove.");
        await first.LookAtBothAsync("operator-restored");
        await page.GetByRole(AriaRole.Link, new() { Name = "Examine this host" }).ClickAsync();
        await Expect(page.GetByText("numbers_unproved")).ToBeVisibleAsync();
    }
}
