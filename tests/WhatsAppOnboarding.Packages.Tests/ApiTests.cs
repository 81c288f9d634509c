using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace WhatsAppOnboarding.Packages.Tests;

/// <summary>Who has an API with bearer tokens, and a front end on another site.</summary>
public sealed class ApiTests(Strangers strangers, TheBrowser browser)
{
    private const int MostLines = 25;

    private static readonly DocsPage Page = DocsPage.Of("docs/component.md");

    [Fact]
    public void Component_and_service_are_typed_in_twenty_five_lines_and_so_is_the_redirect()
    {
        var service = Page.Snippet("cors").Typed.Length + Page.Snippet("pipeline").Typed.Length;
        foreach (var page in (string[])["page", "redirect"])
            (service + Page.Snippet(page).Typed.Length).ShouldBeInRange(10, MostLines, page);
    }

    [Theory]
    [InlineData("page")]
    [InlineData("redirect")]
    public async Task A_page_on_another_site_connects(string snippet)
    {
        await using var api = await strangers.StartAsync("Api", "--WhatsAppOnboarding:RedirectUri", Strangers.FrontEnd + "/whatsapp");
        await using var frontEnd = await ServeAsync(snippet, api);
        var page = await browser.OpenAsync(new Uri(Strangers.FrontEnd));
        await page.GotoAsync("/whatsapp");
        if (snippet == "page")
        {
            await TheBrowser.ConnectByPopupAsync(page);
            await Expect(page.GetByText("+1 631-555-0100")).ToBeVisibleAsync();
        }
        else
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "Connect WhatsApp" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("WhatsApp is connected.");
            page.Url.ShouldBe(Strangers.FrontEnd + "/whatsapp");
        }

        api.Client.DefaultRequestHeaders.Authorization = new("Bearer", await TokenAsync(api));
        (await api.Client.GetFromJsonAsync<JsonNode>("/api/integrations/whatsapp/status"))!["connected"]!.GetValue<bool>().ShouldBeTrue();
    }

    /// <summary>The front end's page: the snippet with the addresses of this stranger, and a token from their sign-in.</summary>
    private static async Task<WebApplication> ServeAsync(string snippet, StrangersHost api)
    {
        var token = await TokenAsync(api);
        var html = Page.Snippet(snippet).Text.Replace("https://api.example.com", api.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(Strangers.FrontEnd);
        builder.Logging.ClearProviders();
        var frontEnd = builder.Build();
        frontEnd.MapGet("/whatsapp", () => Results.Content($"<!doctype html><html lang=\"en\"><title>Shop</title><script>const token = () => '{token}';</script>{html}", "text/html; charset=utf-8"));
        await frontEnd.StartAsync();
        return frontEnd;
    }

    private static async Task<string> TokenAsync(StrangersHost api)
    {
        using var login = await api.Client.PostAsync("/login?account=7", null);
        return (await login.Content.ReadFromJsonAsync<JsonNode>())!["accessToken"]!.GetValue<string>();
    }
}
