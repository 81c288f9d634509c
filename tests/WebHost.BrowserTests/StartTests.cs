using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

public sealed class StartTests(TheSample sample)
{
    [Fact]
    public async Task Without_a_meta_app_the_emulator_runs_beside_it_and_a_visitor_plays_the_customer()
    {
        await using var process = await SampleProcess.StartAsync(new Dictionary<string, string> { ["Emulator__Port"] = $"{SampleProcess.FreePort()}" });
        await using var visitor = await sample.OpenAsync(address: process.Address);
        await visitor.SignUpByFormAsync();
        var popup = await visitor.OpenPopupAsync();
        new Uri(popup.Url).Host.ShouldBe("127.0.0.1");
        // Each step has a button of the same name, and a click does not wait for the next page.
        foreach (var step in (string[])["BUSINESS_ACCOUNT_SELECTION", "PHONE_NUMBER_SETUP", "PERMISSIONS"])
        {
            await Expect(popup.GetByText(step)).ToBeVisibleAsync();
            await popup.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        }

        await popup.GetByRole(AriaRole.Button, new() { Name = "Finish", Exact = true }).ClickAsync();
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Inbox");

        var customer = await visitor.NewPageAsync();
        await customer.GotoAsync((await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Open the customer's side" }).GetAttributeAsync("href"))!);
        await customer.GetByLabel("Message", new() { Exact = true }).FillAsync("Hello from the other side");
        await customer.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Expect(visitor.Page.GetByText("Hello from the other side").First).ToBeVisibleAsync();
        await visitor.LookAsync("emulator-beside");

        // The emulated Meta begins anew with it.
        await process.KillAsync();
        await process.StartAgainAsync();
        await visitor.Page.GotoAsync("/dashboard");
        await Expect(visitor.Page.Locator("#numbers-line")).ToContainTextAsync("Reconnect needed");
        await Expect(visitor.Button("Connect WhatsApp")).ToHaveCountAsync(1);
        await Expect(visitor.Page.GetByLabel("Message", new() { Exact = true })).ToBeHiddenAsync();
        await visitor.LookAtBothAsync("emulator-anew");
    }

    [Fact]
    public async Task Beside_an_emulator_that_runs_alone_the_bar_leads_to_it()
    {
        await using var visitor = await sample.OpenAsync();
        await visitor.Page.GotoAsync("/");
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Open the customer's side" })).ToHaveAttributeAsync("href", sample.Meta.Address.ToString());
    }

    [Fact]
    public async Task A_second_account_of_the_demo_is_led_to_a_number_that_is_nobodys()
    {
        await using var process = SampleProcess.Launch("Development", new Dictionary<string, string> { ["Emulator__Port"] = $"{SampleProcess.FreePort()}" }, command: "--demo");
        await process.SaysAsync("The demo is ready");
        await using var visitor = await sample.OpenAsync(address: process.Address);
        await visitor.SignUpAsync();
        var popup = await visitor.OpenPopupAsync();
        foreach (var step in (string[])["BUSINESS_ACCOUNT_SELECTION", "PHONE_NUMBER_SETUP", "PERMISSIONS"])
        {
            await Expect(popup.GetByText(step)).ToBeVisibleAsync();
            await popup.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        }

        await popup.GetByRole(AriaRole.Button, new() { Name = "Finish", Exact = true }).ClickAsync();
        await Expect(visitor.Page.Locator("#numbers-line")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("Blue Harbor.*Connected"));
        await Expect(visitor.Page.Locator("#numbers-fold[open]")).ToHaveCountAsync(0);
        await visitor.LookAtBothAsync("demo-second-account");
    }

    [Fact]
    public async Task The_demo_has_forty_conversations_of_all_kinds_that_can_be_answered_and_fetches_nothing_that_it_holds()
    {
        await using var process = SampleProcess.Launch("Development", new Dictionary<string, string> { ["Emulator__Port"] = $"{SampleProcess.FreePort()}" }, command: "--demo");
        await process.SaysAsync("The demo is ready");
        await using var visitor = await sample.OpenAsync(address: process.Address);
        var asked = await visitor.Page.RunAndWaitForResponseAsync(() => visitor.Page.GotoAsync("/demo"), answer => answer.Url.Contains("/api/chat/thread"));
        asked.Status.ShouldBe(304);
        await Expect(visitor.Page.GetByText("3 numbers connected")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("#conversations li")).ToHaveCountAsync(40);
        await Expect(visitor.Page).ToHaveTitleAsync(new System.Text.RegularExpressions.Regex(@"^\(\d+\) Inbox"));
        await Expect(visitor.Log.Locator("img")).ToHaveJSPropertyAsync("naturalWidth", 320);

        var text = visitor.Page.GetByLabel("Message", new() { Exact = true });
        await text.FillAsync("See you then");
        await text.PressAsync("Enter");
        await Expect(visitor.Log.Locator(".bubble[data-state=delivered]").Last).ToContainTextAsync("See you then");
        await visitor.LookAtBothAsync("demo");

        var file = await visitor.Page.APIRequest.GetAsync((await visitor.Page.Locator("link[href*=chat]").GetAttributeAsync("href"))!, new() { Headers = new Dictionary<string, string> { ["Accept-Encoding"] = "br" } });
        file.Headers["content-encoding"].ShouldBe("br");
        file.Headers["cache-control"].ShouldContain("immutable");
        (await visitor.Page.APIRequest.GetAsync("/dashboard", new() { Headers = new Dictionary<string, string> { ["Accept-Encoding"] = "br" } })).Headers.ShouldNotContainKey("content-encoding");
    }

    [Theory]
    [InlineData("v25.0", 0, "Nothing is wrong.")]
    [InlineData("v20.0", 1, "graph_version_ended (v20.0, 2026-09-24): The Graph API version that is configured has ended.")]
    public async Task The_doctors_command_prints_what_is_wrong_and_ends_with_1_when_something_is(string version, int exit, string text)
    {
        var settings = new Dictionary<string, string> { ["Emulator__Port"] = $"{SampleProcess.FreePort()}", ["WhatsAppOnboarding__GraphApiVersion"] = version };
        await using var process = SampleProcess.Launch("Development", settings, command: "doctor");
        (await process.ExitAsync()).ShouldBe(exit, process.Output);
        process.Output.ShouldContain(text);
        process.Output.Contains("  -> Set WhatsAppOnboarding:GraphApiVersion", StringComparison.Ordinal).ShouldBe(exit == 1);
    }

    [Fact]
    public async Task The_restored_command_marks_what_is_kept_and_ends()
    {
        await using var process = SampleProcess.Launch("Development", new Dictionary<string, string> { ["Emulator__Port"] = $"{SampleProcess.FreePort()}" }, command: "restored");
        (await process.ExitAsync()).ShouldBe(0, process.Output);
        process.Output.ShouldContain("0 to prove:");
    }

    [Fact]
    public async Task Outside_development_it_does_not_start_without_a_meta_app_and_says_the_cure()
    {
        await using var process = SampleProcess.Launch("Production", new Dictionary<string, string>());
        (await process.ExitAsync()).ShouldNotBe(0);
        process.Output.ShouldContain("Set WhatsAppOnboarding:AppId");
    }
}
