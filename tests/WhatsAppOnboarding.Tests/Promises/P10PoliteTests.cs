using System.Net;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

public sealed class P10PoliteTests
{
    [Fact]
    public async Task Safe_calls_are_repeated_and_the_exchange_never()
    {
        await using var host = await TheHost.StartAsync();
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var browser = await host.OpenBrowserAsync("acme");
        host.Meta.Faults
            .On(GraphOperations.DebugToken, Fault.Error(503, 2))
            .On(GraphOperations.ListPhoneNumbers, Fault.Error(400, 80007))
            .On(GraphOperations.SubscribeApp, Fault.Reset());

        (await browser.ConnectAsync()).ShouldBe("/dashboard?whatsapp=connected");

        host.Meta.Faults.On(GraphOperations.ExchangeCode, Fault.Error(503, 2));
        host.Meta.Calls.Clear();
        (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?error=meta_unavailable");
        host.Meta.Calls.All.ShouldHaveSingleItem().Operation.ShouldBe(GraphOperations.ExchangeCode);
    }

    [Fact]
    public async Task Meta_gets_the_token_in_the_header_and_nothing_of_our_traces()
    {
        await using var host = await TheHost.StartAsync();
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");

        await host.ConnectAsync("acme");

        host.Meta.Calls.All.Count.ShouldBe(4);
        host.Meta.Calls.All.ShouldAllBe(call => !call.CarriedUnwantedHeaders && !call.TokenInUrl);
    }

    [Fact]
    public async Task The_eleventh_start_and_the_sixth_exchange_are_told_to_wait()
    {
        await using var host = await TheHost.StartAsync();
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = host.OpenApi("acme");
        var grants = new List<(string Code, string State)>();
        for (var i = 0; i < 10; i++)
            grants.Add(await api.GrantAsync(host));

        var start = await api.GetAsync(Browser.Connect, TestContext.Current.CancellationToken);
        start.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        start.Headers.RetryAfter.ShouldNotBeNull();
        using var person = await host.OpenBrowserAsync("acme");
        var page = await person.GetAsync(Browser.Connect, request => request.Headers.Accept.ParseAdd("text/html"));
        page.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("/onboarding/whatsapp?error=too_many_attempts");

        foreach (var grant in grants.Take(5))
            (await api.FinishAsync(grant.Code, grant.State)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var sixth = await api.FinishAsync(grants[5].Code, grants[5].State);
        sixth.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        sixth.Headers.RetryAfter.ShouldNotBeNull();
        (await ApiConnect.CodeOf(sixth)).ShouldBe("too_many_attempts");
        host.Meta.Calls.Of(GraphOperations.ExchangeCode).Count.ShouldBe(5);

        // A repeat of a finished one is not counted, and another account is not held up.
        (await api.FinishAsync(grants[0].Code, grants[0].State)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await host.ConnectAsync("birch");
    }
}
