using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(WhatsAppOnboarding.Packages.Tests.TheBrowser))]

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>One Chromium for all strangers, in which each has a window of its own.</summary>
public sealed class TheBrowser : IAsyncLifetime
{
    /// <summary>What a machine that has much else to do may need for one step, in milliseconds.</summary>
    private const int Longest = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(Longest);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("WHATSAPP_TESTS_CHROMIUM").ShouldNotBeNull("Run this by tests/run.sh, which finds Chromium."),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    public async Task<IPage> OpenAsync(Uri address, bool script = true)
    {
        var context = await _browser!.NewContextAsync(new() { BaseURL = address.ToString(), JavaScriptEnabled = script, Locale = "en-US", ReducedMotion = ReducedMotion.Reduce });
        context.SetDefaultTimeout(Longest);
        return await context.NewPageAsync();
    }

    /// <summary>Presses Connect WhatsApp once the component is there, and goes through Meta's window as it is filled in.</summary>
    public static async Task ConnectByPopupAsync(IPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        var button = page.Locator("html:not(:has(whatsapp-connect:not(:defined)))").GetByRole(AriaRole.Button, new() { Name = "Connect WhatsApp" });
        var popup = await page.RunAndWaitForPopupAsync(() => button.ClickAsync());
        await popup.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
