using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>Who has read the README alone: an empty web project, its first screen, and what it says next.</summary>
public sealed class ShopTests(Strangers strangers, TheBrowser browser)
{
    private const int MostLines = 15;
    private const int MostLinesOfTests = 60;

    [Fact]
    public void From_an_empty_folder_to_a_connected_number_nobody_types_more_than_fifteen_lines() => strangers.LinesOfReadme.ShouldBeInRange(5, MostLines);

    [Fact]
    public async Task The_first_screen_connects_in_Metas_window_and_then_a_customer_is_heard_answered_and_reminded()
    {
        await using var shop = await strangers.StartAsync("Shop");
        var page = await browser.OpenAsync(shop.Address);
        await page.GotoAsync("/");
        await TheBrowser.ConnectByPopupAsync(page);
        await Expect(page.GetByText("+1 631-555-0100")).ToBeVisibleAsync();

        var customer = await page.Context.NewPageAsync();
        await customer.GotoAsync(shop.Meta.ToString());
        await customer.GetByLabel("Message", new() { Exact = true }).FillAsync("Are you open?");
        await customer.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(customer.GetByText("You wrote: Are you open?")).ToBeVisibleAsync();

        var number = await ConnectedAsync(page);
        (await page.APIRequest.PostAsync($"/remind?from={number}")).Ok.ShouldBeTrue();
        await Expect(customer.GetByText("order_update").Or(customer.GetByText("Hi Ada, your order 7 is on its way.")).First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_first_screen_connects_by_redirect_where_no_script_runs()
    {
        await using var shop = await strangers.StartAsync("Shop");
        var page = await browser.OpenAsync(shop.Address, script: false);
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect WhatsApp" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await page.WaitForURLAsync("**/dashboard?whatsapp=connected*");

        (await ConnectedAsync(page)).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Its_tests_hear_a_fault_and_a_webhook()
    {
        var page = DocsPage.Of("docs/emulator.md");
        (page.Snippet("app in a test").Typed.Length + page.Snippet("test").Typed.Length).ShouldBeInRange(30, MostLinesOfTests);

        var said = await strangers.DotnetAsync("Shop.Tests", ["bin/Debug/net10.0/Shop.Tests.dll"]);

        said.ShouldContain("Total: 2, Errors: 0, Failed: 0, Skipped: 0");
    }

    private static async Task<string> ConnectedAsync(IPage page)
    {
        var status = JsonNode.Parse(await (await page.APIRequest.GetAsync("/api/integrations/whatsapp/status")).TextAsync())!;
        return status["phoneNumbers"]!.AsArray().Single(number => number!["connected"]!.GetValue<bool>())!["id"]!.GetValue<string>();
    }
}
