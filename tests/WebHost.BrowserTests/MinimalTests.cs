using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>The smallest sample, as somebody meets it who has just cloned the project.</summary>
public sealed class MinimalTests(TheSample sample)
{
    [Fact]
    public async Task Three_clicks_connect_and_then_a_customer_is_heard_and_answered()
    {
        var meta = new Uri($"http://127.0.0.1:{SampleProcess.FreePort()}");
        await using var process = await SampleProcess.StartAsync(new Dictionary<string, string> { ["EmulatorPort"] = $"{meta.Port}" }, "Minimal");
        await using var visitor = await sample.OpenAsync(address: process.Address);
        var page = visitor.Page;
        var clicks = 0;
        await page.Context.ExposeFunctionAsync("clicked", () => Interlocked.Increment(ref clicks));
        await page.Context.AddInitScriptAsync("addEventListener('click', (event) => event.isTrusted && clicked(), true)");

        await page.GotoAsync("/");
        await visitor.Button("Sign in as the admin of account 7").ClickAsync();
        await page.WaitForFunctionAsync("() => customElements.get('whatsapp-connect')");
        var popup = await visitor.OpenPopupAsync();
        await popup.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Expect(page.GetByText("Connected: +1 631-555-0100")).ToBeVisibleAsync();
        clicks.ShouldBe(3);

        var customer = await visitor.NewPageAsync();
        await customer.GotoAsync((await page.GetByRole(AriaRole.Link, new() { Name = "Write as a customer" }).GetAttributeAsync("href"))!);
        await customer.GetByLabel("Your name").FillAsync("Ann");
        await customer.GetByLabel("Your number").FillAsync("+1 555 000 1234");
        await customer.GetByLabel("Message").FillAsync("Are you open?");
        await customer.GetByRole(AriaRole.Button, new() { Name = "Send to business" }).ClickAsync();
        await Expect(customer.GetByText("Delivered to the app.")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Look again" }).ClickAsync();
        await Expect(page.GetByText("15550001234: Are you open?")).ToBeVisibleAsync();
        await page.GetByLabel("Text").FillAsync("From nine to five");
        await visitor.Button("Answer").ClickAsync();
        await Expect(page.GetByText("Connected: +1 631-555-0100")).ToBeVisibleAsync();
        await Expect(customer.GetByText("From nine to five")).ToBeVisibleAsync();
    }
}
