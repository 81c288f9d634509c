using WhatsAppOnboarding.Testing.Tests.Framework;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class SubscriptionTests : EmulatorTest
{
    private string Path => $"/v25.0/{Waba.Id}/subscribed_apps";

    [Fact]
    public async Task The_app_is_subscribed_listed_and_unsubscribed_any_number_of_times()
    {
        var token = Meta.World.IssueToken().Value;
        (await Graph.GetAsync(Path, token))["data"]!.AsArray().ShouldBeEmpty();
        (await Graph.PostAsync(Path, token)).ShouldSucceed();
        (await Graph.PostAsync(Path, token)).ShouldSucceed();
        var app = (await Graph.GetAsync(Path, token))["data"]!.AsArray().ShouldHaveSingleItem()!;
        ((string?)app["whatsapp_business_api_data"]!["id"]).ShouldBe(Meta.AppId);
        (await Graph.SendAsync(HttpMethod.Delete, Path, token)).ShouldSucceed();
        (await Graph.SendAsync(HttpMethod.Delete, Path, token)).ShouldSucceed();
        Waba.IsAppSubscribed.ShouldBeFalse();
    }

    [Fact]
    public async Task Subscribed_fields_change_nothing_and_an_override_is_not_silently_dropped()
    {
        var token = Meta.World.IssueToken().Value;
        (await Graph.PostAsync(Path, token, new { override_callback_uri = "https://other.example" })).ShouldFail(400, 100);
        Waba.IsAppSubscribed.ShouldBeFalse();
        (await Graph.PostAsync(Path, token, new { subscribed_fields = new[] { "messages" } })).ShouldSucceed();
    }
}
