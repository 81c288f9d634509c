using WebHost.BrowserTests.Component;
using WebHost.BrowserTests.Framework;
using static Microsoft.Playwright.Assertions;

namespace WebHost.BrowserTests;

/// <summary>A front end on another origin connects at the real service, by the component and with a bearer token.</summary>
public sealed class RealOriginTests(TheSample sample)
{
    private const string Api = "/api/integrations/whatsapp/";

    [Fact]
    public async Task A_page_of_another_origin_connects_with_its_token_through_Meta_s_window()
    {
        var number = sample.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "Lucky Shrub");
        await using var service = await BearerService.StartAsync(sample.Meta);
        await using var visitor = await sample.OpenAsync(address: service.Page);
        await visitor.Page.GotoAsync("/");
        var popup = await visitor.OpenPopupAsync();
        await popup.Locator($"input[name=account][value='{number.Waba.Id}']").CheckAsync();
        await Visitor.EndAsync(popup, "finish");

        await Expect(visitor.Heading("WhatsApp is connected")).ToBeVisibleAsync();
        await visitor.LookAtBothAsync("origin-connected");
        (await service.StatusOfAsync("acme")).PhoneNumbers.ShouldHaveSingleItem().Id.ShouldBe(number.Id);
        number.Waba.IsAppSubscribed.ShouldBeTrue();
        var asked = service.Requests.Where(request => request.Path.StartsWith(Api, StringComparison.Ordinal) && request.Method != "OPTIONS").ToArray();
        asked.Select(request => $"{request.Method} {request.Path}").ShouldContain($"POST {Api}oauth");
        asked.ShouldAllBe(request => request.Authorization == "Bearer token-of-acme" && request.Cookie == "");
        service.Requests.ShouldContain(request => request.Method == "OPTIONS" && request.Path == Api + "oauth");

        // Loaded again, the page shows how its attempt ended.
        await visitor.Page.ReloadAsync();
        await Expect(visitor.Heading("WhatsApp is connected")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_token_of_nobody_is_signed_out_and_connects_nothing()
    {
        await using var service = await BearerService.StartAsync(sample.Meta, token: "token-of-nobody");
        await using var visitor = await sample.OpenAsync(address: service.Page);
        await visitor.Page.GotoAsync("/");
        await visitor.Button("Connect WhatsApp").ClickAsync();
        await Expect(visitor.Heading("You are signed out")).ToBeVisibleAsync();
        service.Requests.ShouldNotContain(request => request.Path == Api + "oauth");
    }

    [Fact]
    public async Task An_origin_that_the_service_does_not_allow_gets_not_even_the_module()
    {
        await using var service = await BearerService.StartAsync(sample.Meta, allowed: false);
        await using var visitor = await sample.OpenAsync(address: service.Page);
        await visitor.Page.GotoAsync("/");
        await Expect(visitor.Page.GetByText("Connecting needs the service.")).ToBeVisibleAsync();
        service.Requests.ShouldAllBe(request => !request.Path.StartsWith(Api, StringComparison.Ordinal));
    }
}
