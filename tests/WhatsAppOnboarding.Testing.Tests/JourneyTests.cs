using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class JourneyTests : EmulatorTest
{
    [Fact]
    public async Task An_account_goes_from_the_dialog_to_its_first_message()
    {
        var code = await GetCodeAsync();
        var token = (string)(await Graph.ExchangeAsync(code, Redirect))["access_token"]!;
        var targets = (await Graph.DebugAsync(token))["data"]!["granular_scopes"]![0]!["target_ids"]!.AsArray();
        ((string)targets.ShouldHaveSingleItem()!).ShouldBe(Waba.Id);
        (await Graph.GetAsync($"/v25.0/{Waba.Id}/phone_numbers", token)).Ids.ShouldBe(Waba.Numbers.Select(number => number.Id));
        (await Graph.PostAsync($"/v25.0/{Waba.Id}/subscribed_apps", token)).ShouldSucceed();
        Waba.IsAppSubscribed.ShouldBeTrue();

        var sent = await Graph.PostAsync($"/v25.0/{Number.Id}/messages", token, new { messaging_product = "whatsapp", to = "+1 650 555 0123", type = "text", text = new { body = "Hello" } });

        ((string?)sent["messages"]![0]!["id"]).ShouldBe(Meta.World.Messages.ShouldHaveSingleItem().Id);
        Meta.World.Messages[0].Body.ShouldBe("Hello");
        Meta.Calls.LongestChain().ShouldBe(5);
    }
}
