using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Journey;

public sealed class ConnectJourneyTests
{
    [Fact]
    public async Task An_account_connects_and_sees_its_number()
    {
        await using var host = await TheHost.StartAsync();
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "Lucky Shrub");
        using var browser = await host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe("/dashboard?whatsapp=connected");

        var status = await browser.StatusAsync();
        status.GetProperty("connected").GetBoolean().ShouldBeTrue();
        status.GetProperty("wabaId").GetString().ShouldBe(number.Waba.Id);
        var phone = status.GetProperty("phoneNumbers")[0];
        phone.GetProperty("id").GetString().ShouldBe(number.Id);
        phone.GetProperty("displayPhone").GetString().ShouldBe("+1 631-555-0100");
        phone.GetProperty("isActive").GetBoolean().ShouldBeTrue();
        phone.GetProperty("qualityRating").GetString().ShouldBe("GREEN");
        number.Waba.IsAppSubscribed.ShouldBeTrue();
    }
}
