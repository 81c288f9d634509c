using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

public sealed class P12SeparateTenantsTests
{
    private const string Choose = "/api/integrations/whatsapp/choose";
    private const string Attempt = "/api/integrations/whatsapp/attempts/00000000-0000-0000-0000-000000000000";
    private const string Status = "/api/integrations/whatsapp/status";
    private const string Disconnect = "/api/integrations/whatsapp/disconnect";

    [Fact]
    public async Task One_account_sees_and_disconnects_nothing_of_another()
    {
        await using var host = await TheHost.StartAsync();
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        var before = await host.ReadAsync("acme");
        using var birch = host.OpenApi("birch");

        (await birch.GetStringAsync(Status, TestContext.Current.CancellationToken)).ShouldNotContain(number.Id);
        foreach (var body in (object[])[new { }, new { phoneNumberId = number.Id }, new { wabaId = number.Waba.Id }])
            (await birch.PostAsJsonAsync(Disconnect, body, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await host.ReadAsync("acme")).Reference.ShouldBe(before.Reference);
        number.Waba.IsAppSubscribed.ShouldBeTrue();
    }

    [Fact]
    public async Task Who_is_signed_out_or_has_not_exactly_one_account_is_refused_on_every_route()
    {
        await using var host = await TheHost.StartAsync();
        using var nobody = await host.OpenBrowserAsync(null);
        (await nobody.GetAsync(Status)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await nobody.PostAsync(Disconnect)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await nobody.PostAsync(ApiConnect.OAuth, new { code = "a", state = "b" })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await nobody.PostAsync(Choose, new { attemptId = Guid.Empty, cancel = true })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await nobody.GetAsync(Attempt)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await nobody.GetAsync(Browser.Connect, request => request.Headers.Accept.ParseAdd("application/json"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var page = await nobody.GetAsync(Browser.Connect, request => request.Headers.Accept.ParseAdd("text/html,*/*"));
        page.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        page.Headers.Location!.AbsolutePath.ShouldBe("/auth/login");

        foreach (var accounts in (string[])[",", "acme,birch", new string('x', 201)])
        {
            using var api = host.OpenApi(accounts);
            foreach (var answer in new[]
            {
                await api.GetAsync(Status, TestContext.Current.CancellationToken),
                await api.GetAsync(Browser.Connect, TestContext.Current.CancellationToken),
                await api.PostAsync(Disconnect, null, TestContext.Current.CancellationToken),
                await api.FinishAsync("a", "b"),
                await api.AskAsync(Browser.Connect + "?way=popup"),
                await api.PostAsync(new { attemptId = Guid.Empty, cancel = true }, Choose),
                await api.AskAsync(Attempt),
            })
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
                (await ApiConnect.CodeOf(answer)).ShouldBe("account_missing");
            }
        }
    }

    [Fact]
    public async Task A_host_policy_that_no_longer_lets_somebody_connect_holds_at_the_return_too()
    {
        var allowed = true;
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup["ManagePolicy"] = "managers";
            setup.Services.AddAuthorizationBuilder().AddPolicy("managers", policy => policy.RequireAssertion(context => allowed && context.Resource is HttpContext));
        });
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var browser = await host.OpenBrowserAsync("acme");
        var back = await host.Meta.ApproveAsync(await browser.StartAsync(), null, TestContext.Current.CancellationToken);

        allowed = false;
        (await browser.ReturnAsync(back)).ShouldBe("/onboarding/whatsapp?error=forbidden");
        allowed = true;
        (await browser.ReturnAsync(back)).ShouldBe("/dashboard?whatsapp=connected");
    }

    [Fact]
    public async Task What_a_host_demands_of_all_routes_holds_for_a_choice_by_a_form_too()
    {
        var allowed = true;
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup["NumberChoice"] = "Ask";
            setup.Services.PostConfigure<AuthorizationOptions>(options => options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => allowed).Build());
        });
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "One");
        waba.AddNumber("+1 631-555-0101", "Two");
        using var browser = await host.OpenBrowserAsync("acme");
        await browser.ConnectAsync();

        allowed = false;
        (await ChooseAsync()).ShouldBe($"/onboarding/whatsapp?error=forbidden&attempt={browser.Attempt}");
        (await host.ReadAsync("acme")).Numbers.ShouldBeEmpty();
        allowed = true;
        (await ChooseAsync()).ShouldStartWith("/dashboard?whatsapp=connected");

        async Task<string> ChooseAsync() => (await browser.SendAsync(HttpMethod.Post, Choose, null, request =>
        {
            request.Headers.Add("Sec-Fetch-Site", "same-origin");
            request.Content = new FormUrlEncodedContent([new("attemptId", $"{browser.Attempt}"), new("phoneNumberIds", number.Id)]);
        })).Headers.Location!.OriginalString;
    }

    [Fact]
    public async Task A_post_with_cookies_from_another_site_does_nothing()
    {
        await using var host = await TheHost.StartAsync(setup => setup["AllowedOrigins:0"] = "https://front.example");
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        using var browser = await host.OpenBrowserAsync("acme");

        (await PostAsync(browser, site: "cross-site", origin: "https://evil.example")).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(browser, site: "same-site", origin: null)).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(browser, site: "none", origin: null)).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(browser, site: null, origin: null)).ShouldBe(HttpStatusCode.Forbidden);
        (await PostAsync(browser, site: null, origin: "null")).ShouldBe(HttpStatusCode.Forbidden);
        (await host.ReadAsync("acme")).Numbers.ShouldAllBe(number => number.IsHeld);

        (await PostAsync(browser, site: null, origin: host.Address.GetLeftPart(UriPartial.Authority))).ShouldBe(HttpStatusCode.OK);
        (await PostAsync(browser, site: "cross-site", origin: "https://front.example")).ShouldBe(HttpStatusCode.OK);
        using var api = host.OpenApi("acme");
        (await api.PostAsync(Disconnect, null, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>Who is signed in by what the browser attaches by itself: Basic, Negotiate, or nothing that a header shows, as by a certificate.</summary>
    [Theory]
    [InlineData("Basic YWNtZTp4", "cross-site", "https://evil.example")]
    [InlineData("Negotiate YIIGeA==", "cross-site", null)]
    [InlineData("NTLM TlRMTVNTUAAB", "same-site", "https://shop.example")]
    [InlineData("Digest username=acme", null, "null")]
    [InlineData(null, "cross-site", "https://evil.example")]
    [InlineData(null, null, "https://evil.example")]
    public async Task A_post_that_a_browser_signs_in_by_itself_does_nothing_from_another_site(string? credentials, string? site, string? origin)
    {
        await using var host = await TheHost.StartAsync(setup => setup.Services.PostConfigure<AuthorizationOptions>(options =>
            options.DefaultPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => true).Build()));
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        using var anyone = host.OpenApi(null);

        string[] changing = ["oauth", "choose", "disconnect", "steps", "pin"];
        foreach (var route in changing)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, $"/api/integrations/whatsapp/{route}");
            request.Headers.TryAddWithoutValidation("Authorization", credentials is null ? [] : [credentials]);
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site is null ? [] : [site]);
            request.Headers.TryAddWithoutValidation("Origin", origin is null ? [] : [origin]);
            var answer = await anyone.SendAsync(request, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, route);
            (await ApiConnect.CodeOf(answer)).ShouldBe("cross_site", route);
        }

        (await host.ReadAsync("acme")).Numbers.ShouldAllBe(number => number.IsHeld);
    }

    [Theory]
    [InlineData("cross-site", "https://front.example")]
    [InlineData("same-site", "https://front.shop.example")]
    [InlineData(null, null)]
    public async Task A_post_with_a_bearer_token_and_no_cookie_is_free_to_come_from_anywhere(string? site, string? origin)
    {
        await using var host = await TheHost.StartAsync();
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        using var api = host.OpenApi("acme");
        api.DefaultRequestHeaders.TryAddWithoutValidation("Sec-Fetch-Site", site is null ? [] : [site]);
        api.DefaultRequestHeaders.TryAddWithoutValidation("Origin", origin is null ? [] : [origin]);

        (await api.PostAsync(Disconnect, null, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await host.ReadAsync("acme")).Numbers.ShouldAllBe(number => !number.IsHeld);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task A_page_of_another_site_does_not_use_up_the_starts_of_its_visitor(string site)
    {
        await using var host = await TheHost.StartAsync(setup => setup["MaxStarts"] = "2");
        using var browser = await host.OpenBrowserAsync("acme");
        for (var i = 0; i < 14; i++)
        {
            var sent = await browser.GetAsync(Browser.Connect, request => request.Headers.Add("Sec-Fetch-Site", site));
            sent.Headers.Location!.AbsolutePath.ShouldEndWith("/dialog/oauth");
        }

        (await browser.StartAsync()).AbsolutePath.ShouldEndWith("/dialog/oauth");
        (await browser.StartAsync()).AbsolutePath.ShouldEndWith("/dialog/oauth");
        (await ApiConnect.CodeOf(await browser.GetAsync(Browser.Connect))).ShouldBe("too_many_attempts");
    }

    [Theory]
    [InlineData("cross-site", "")]
    [InlineData("same-site", "")]
    [InlineData("cross-site", "&renews=true")]
    public async Task A_page_of_another_site_gets_no_state_by_asking_as_a_program(string site, string more)
    {
        await using var host = await TheHost.StartAsync(setup => setup["MaxStarts"] = "2");
        using var browser = await host.OpenBrowserAsync("acme");
        for (var i = 0; i < 4; i++)
        {
            var sent = await browser.GetAsync($"{Browser.Connect}?way=popup{more}", request =>
            {
                request.Headers.Add("Sec-Fetch-Site", site);
                request.Headers.Accept.ParseAdd("application/json");
            });
            (sent.StatusCode, await ApiConnect.CodeOf(sent)).ShouldBe((HttpStatusCode.Forbidden, "cross_site"));
        }

        (await browser.StartAsync()).AbsolutePath.ShouldEndWith("/dialog/oauth");
        (await browser.StartAsync()).AbsolutePath.ShouldEndWith("/dialog/oauth");
    }

    [Theory]
    [InlineData("{\"phoneNumberId\":\"abc\"}")]
    [InlineData("{\"wabaId\":\"\"}")]
    [InlineData("{\"phoneId\":\"1\"}")]
    [InlineData("{\"phoneNumberId\":1}")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"phoneNumberId\":null}")]
    [InlineData("{\"phoneNumberId\":\"\\ud800\"}")]
    public async Task A_disconnect_that_is_not_understood_disconnects_nothing(string body)
    {
        await using var host = await TheHost.StartAsync();
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        using var api = host.OpenApi("acme");

        var answer = await api.PostAsync(Disconnect, new StringContent(body, null, "application/json"), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await host.ReadAsync("acme")).Numbers.ShouldAllBe(number => number.IsHeld);
    }

    [Fact]
    public async Task A_disconnect_that_names_its_number_in_the_address_disconnects_nothing()
    {
        await using var host = await TheHost.StartAsync();
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        using var api = host.OpenApi("acme");

        (await api.PostAsync($"{Disconnect}?phoneNumberId={number.Id}", null, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await host.ReadAsync("acme")).Numbers.ShouldAllBe(held => held.IsHeld);
    }

    private static async Task<HttpStatusCode> PostAsync(Browser browser, string? site, string? origin) =>
        (await browser.SendAsync(HttpMethod.Post, Disconnect, null, request =>
        {
            if (site is not null)
                request.Headers.Add("Sec-Fetch-Site", site);
            if (origin is not null)
                request.Headers.Add("Origin", origin);
        })).StatusCode;
}
