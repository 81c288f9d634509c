using System.Net;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Connect;

public sealed class ExpectedNumberTests
{
    [Theory]
    [InlineData("16315550100")]
    [InlineData("%2B1+(631)+555-0100")]
    [InlineData("id")]
    public async Task The_expected_number_connects(string expect)
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = host.OpenApi("acme");
        using var browser = await host.OpenBrowserAsync("birch");
        expect = expect == "id" ? number.Id : expect;

        var start = await api.StartPopupAsync($"&expect={expect}");
        var answer = await api.PostAsync(new { code = host.Meta.IssuePopupCode(), state = start.GetProperty("state").GetString() });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var back = await host.Meta.ApproveAsync(await browser.StartAsync($"?expect={expect}"), null, TestContext.Current.CancellationToken);
        (await browser.ReturnAsync(back)).ShouldBe("/dashboard?whatsapp=connected");
    }

    [Fact]
    public async Task Another_number_than_the_expected_one_connects_nothing()
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var browser = await host.OpenBrowserAsync("acme");

        var back = await host.Meta.ApproveAsync(await browser.StartAsync("?expect=16315550199"), null, TestContext.Current.CancellationToken);

        (await browser.ReturnAsync(back)).ShouldBe("/onboarding/whatsapp?error=number_unexpected");
        (await host.ReadAsync("acme")).Numbers.ShouldBeEmpty();
        number.Waba.IsAppSubscribed.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("+")]
    [InlineData("111111111111111111111111111111111111111111111")]
    public async Task An_expectation_that_makes_no_sense_is_refused(string expect)
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        using var api = host.OpenApi("acme");
        using var browser = await host.OpenBrowserAsync("acme");

        (await ApiConnect.CodeOf(await api.AskAsync($"{Browser.Connect}?expect={Uri.EscapeDataString(expect)}"))).ShouldBe("bad_request");
        (await browser.GetAsync($"{Browser.Connect}?expect={Uri.EscapeDataString(expect)}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
