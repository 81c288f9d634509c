using System.Net;
using Microsoft.AspNetCore.Builder;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Connect;

/// <summary>Which links can be made, and where.</summary>
public sealed class LinkRequestTests : TheLinks
{
    protected override void Configure(HostSetup setup) => setup["Links:MaxOpen"] = "3";

    [Fact]
    public async Task A_request_that_makes_no_sense_is_refused_with_its_cure()
    {
        await Host.ConnectAsync("acme", Waba);
        (SetupLinkRequest Request, string Cure)[] wrong =
        [
            (new() { Kind = "other" }, "must be setup or reconnect"),
            (new() { Lifetime = TimeSpan.FromMinutes(9) }, "between 10 minutes and 30 days"),
            (new() { Lifetime = TimeSpan.FromDays(31) }, "between 10 minutes and 30 days"),
            (new() { Language = "de" }, "must be en, es or pt"),
            (new() { ExpectedNumber = "my number" }, "must be a telephone number or a number's id"),
            (new() { Kind = SetupLink.ForReconnect }, "name the number that is to be connected again"),
            (new() { Kind = SetupLink.ForReconnect, ExpectedNumber = "+1 631 555 0999" }, "make a setup link"),
            (new() { Label = new string('x', 201) }, "at most 200 characters"),
            (new() { Creator = "a\nb" }, "control character"),
        ];
        foreach (var (request, cure) in wrong)
            (await Should.ThrowAsync<ArgumentException>(() => CreateAsync(request))).Message.ShouldContain(cure);

        (await CreateAsync(new() { Kind = SetupLink.ForReconnect, ExpectedNumber = "(631) 555-0100" })).ExpectedNumber.ShouldBe(Number.DisplayPhoneNumber);
        (await CreateAsync(new() { ReturnUrl = "https://www.example.com/done?x=1" })).ReturnUrl.ShouldBe("https://www.example.com/done?x=1");
        await CreateAsync(new() { Lifetime = TimeSpan.FromDays(30) });
        (await Should.ThrowAsync<InvalidOperationException>(() => CreateAsync())).Message.ShouldContain("Revoke some of them");
    }

    [Fact]
    public async Task Without_a_name_of_the_service_there_are_no_links()
    {
        await using var host = await TheHost.StartAsync();
        var refusal = await Should.ThrowAsync<InvalidOperationException>(() => host.UseAsync<IWhatsAppSetup, SetupLink>(setup => setup.CreateLinkAsync(AccountId.Parse("acme"), new SetupLinkRequest())));
        refusal.Message.ShouldContain("Links:ServiceName");
        Should.Throw<InvalidOperationException>(() => host.App.MapWhatsAppLinks()).Message.ShouldContain("Links:ServiceName");
        using var browser = new Browser(host);
        (await browser.GetAsync("/whatsapp/link/" + new string('A', 43))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
