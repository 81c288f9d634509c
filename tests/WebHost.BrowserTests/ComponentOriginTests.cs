using Microsoft.Playwright;
using WebHost.BrowserTests.Component;
using WebHost.BrowserTests.Framework;

namespace WebHost.BrowserTests;

/// <summary>A page on one origin, the service on another.</summary>
public sealed class ComponentOriginTests(TheSample browser)
{
    private const string WithToken = """
        addEventListener('DOMContentLoaded', () => {
          document.querySelector('whatsapp-connect').fetch = (address, request) => fetch(address, { ...request, headers: { ...request.headers, Authorization: 'Bearer token-of-acme' } });
        });
        """;

    [Fact]
    public async Task The_page_s_own_function_carries_the_token_and_everything_goes_to_the_service()
    {
        await using var service = await StubService.StartAsync();
        service.AllowsOrigins = true;
        await using var page = await ComponentPage.OpenAsync(browser, own => Lead(own, service), script: WithToken);
        await page.FinishAsync();
        await page.SeeAsync("WhatsApp is connected");

        page.Service.Requests.ShouldAllBe(request => !request.Path.StartsWith("/api"));
        var asked = service.Requests.Where(request => request.Method != "OPTIONS").ToArray();
        asked.Select(request => request.Method + request.Path).ShouldContain("POST/api/integrations/whatsapp/oauth");
        asked.ShouldAllBe(request => request.Authorization == "Bearer token-of-acme");
        service.Posts("/oauth").ShouldHaveSingleItem()["code"]!.ToString().ShouldBe("code-1");
    }

    [Fact]
    public async Task A_choice_and_an_attempt_of_the_address_are_asked_of_the_service_too()
    {
        await using var service = await StubService.StartAsync();
        service.AllowsOrigins = true;
        service.Attempt = new StubAnswer(StubService.Choose(("106", "+1 631-555-0100", null, true)));
        await using var page = await ComponentPage.OpenAsync(browser, own => Lead(own, service), script: WithToken, path: "/?attempt=" + StubService.AttemptId);
        await page.SeeAsync("Choose your numbers");
        await page.Button("Connect these numbers").ClickAsync();
        await page.SeeAsync("WhatsApp is connected");

        service.Posts("/choose").ShouldHaveSingleItem();
        page.Service.Requests.ShouldAllBe(request => !request.Path.StartsWith("/api"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?attempt=" + StubService.AttemptId)]
    public async Task Without_such_a_function_nothing_is_asked_and_the_page_and_the_console_say_why(string path)
    {
        await using var service = await StubService.StartAsync();
        service.AllowsOrigins = true;
        await using var page = await ComponentPage.OpenAsync(browser, own => Lead(own, service), path: path, script: "window.said = []; console.error = (text) => said.push(text);");
        if (path == "/")
            await page.Connect.ClickAsync();
        await page.SeeAsync("This page is not set up to connect");
        (await page.Page.EvaluateAsync<string>("said.join()")).ShouldContain("Set the element's property fetch");
        service.Requests.ShouldBeEmpty();
        page.Service.Requests.ShouldAllBe(request => !request.Path.StartsWith("/api"));
        await page.LookAtBothAsync("other-origin");
    }

    [Fact]
    public async Task A_way_through_this_window_is_not_offered_where_no_token_can_go_along()
    {
        await using var service = await StubService.StartAsync();
        service.AllowsOrigins = true;
        await using var page = await ComponentPage.OpenAsync(browser, own => Lead(own, service), script: WithToken + "window.open = () => null;");
        await page.Connect.ClickAsync();
        await page.SeeAsync("Your browser blocked Meta’s window");
        (await page.ButtonsAsync()).ShouldBe(["Try again"]);
    }

    private static void Lead(StubService page, StubService service)
    {
        page.OtherOrigin = service.Address.GetLeftPart(UriPartial.Authority);
        page.Markup = $"<whatsapp-connect nonce='{StubService.Nonce}' connect-path='{page.OtherOrigin}/api/integrations/whatsapp/connect'></whatsapp-connect>";
    }
}
