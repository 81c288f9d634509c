using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using WebHost.BrowserTests.Framework;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>The smallest sample, as somebody meets it who has just cloned the project.</summary>
public sealed class MinimalTests(TheSample sample)
{
    /// <summary>Whatever stands in a delivery is somebody else's text, and ids stand in attributes here.</summary>
    [Theory]
    [InlineData("from", "\"><img src=x onerror=alert(1)>&from=1")]
    [InlineData("from_user_id", "US.1'\"><script>alert(1)</script>")]
    public async Task What_Meta_calls_a_customer_stays_text_in_the_page(string member, string customer)
    {
        const string verifyToken = "a-verify-token-of-the-emulated-meta";
        await using var process = await SampleProcess.StartAsync(
            new Dictionary<string, string>
            {
                ["WhatsAppOnboarding__AppId"] = sample.Meta.AppId,
                ["WhatsAppOnboarding__AppSecret"] = sample.Meta.AppSecret,
                ["WhatsAppOnboarding__WebhookVerifyToken"] = verifyToken,
                ["WhatsAppOnboarding__GraphBaseAddress"] = sample.Meta.Address.ToString(),
                ["WhatsAppOnboarding__DialogBaseAddress"] = sample.Meta.Address.ToString(),
            },
            "Minimal");
        await using var visitor = await sample.OpenAsync(address: process.Address);
        var number = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "Lucky Shrub");
        await visitor.Page.GotoAsync("/");
        await visitor.Button("Sign in as the admin of account 7").ClickAsync();
        await visitor.Page.WaitForURLAsync("**/onboarding/whatsapp");
        var start = await visitor.Page.APIRequest.GetAsync("/api/integrations/whatsapp/connect", new() { MaxRedirects = 0 });
        await visitor.Page.GotoAsync((await sample.Meta.ApproveAsync(new Uri(start.Headers["location"]), [number.Waba.Id])).ToString());

        var value = new JsonObject
        {
            ["messaging_product"] = "whatsapp",
            ["metadata"] = new JsonObject { ["display_phone_number"] = "16315550100", ["phone_number_id"] = number.Id },
            ["messages"] = new JsonArray(new JsonObject { [member] = customer, ["id"] = "wamid.1", ["timestamp"] = "1790000000", ["type"] = "text", ["text"] = new JsonObject { ["body"] = "<b>Hi</b>" } }),
        };
        var body = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["object"] = "whatsapp_business_account",
            ["entry"] = new JsonArray(new JsonObject { ["id"] = number.Waba.Id, ["changes"] = new JsonArray(new JsonObject { ["field"] = "messages", ["value"] = value }) }),
        }.ToJsonString());
        using var client = new HttpClient();
        using var delivery = new ByteArrayContent(body);
        delivery.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(sample.Meta.AppSecret), body)));
        (await client.PostAsync(new Uri(process.Address, "/webhooks/whatsapp"), delivery)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await visitor.Page.GotoAsync("/dashboard");
        await Expect(visitor.Page.GetByText("<b>Hi</b>")).ToBeVisibleAsync();
        (await visitor.Page.Locator("form").GetAttributeAsync("action")).ShouldBe($"/dashboard?from={number.Id}&to={Uri.EscapeDataString(customer)}");
        (await visitor.Page.Locator("img, script").CountAsync()).ShouldBe(0);
    }

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
        await customer.GetByLabel("Message", new() { Exact = true }).FillAsync("Are you open?");
        await customer.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(customer.GetByText("Delivered to the app")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Look again" }).ClickAsync();
        await Expect(page.GetByText("16505550123: Are you open?")).ToBeVisibleAsync();
        await page.GetByLabel("Text").FillAsync("From nine to five");
        await visitor.Button("Answer").ClickAsync();
        await Expect(page.GetByText("Connected: +1 631-555-0100")).ToBeVisibleAsync();
        await Expect(customer.GetByText("From nine to five")).ToBeVisibleAsync();
    }
}
