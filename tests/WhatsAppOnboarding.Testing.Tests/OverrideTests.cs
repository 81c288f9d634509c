using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class OverrideTests : EmulatorTest
{
    private string Path => $"/v25.0/{Waba.Id}/subscribed_apps";

    [Fact]
    public async Task Messages_of_the_waba_go_to_its_override_and_the_rest_to_the_app()
    {
        await using var app = await StartAsync();
        await using var own = await StartAsync();
        (await Meta.Webhooks.ConfigureAsync(app.Callback, Listener.VerifyToken, Ct)).ShouldBeTrue();
        (await OverrideAsync(own)).ShouldSucceed();
        Waba.OverrideCallback.ShouldBe(own.Callback);

        var message = await Meta.Webhooks.ReceiveMessageAsync(Number.Id, "1", "Ada", "Hi", Ct);
        (message.Status, message.Callback).ShouldBe((DeliveryStatus.Delivered, own.Callback));
        (await Meta.Webhooks.SendAsync(MetaAccountUpdates.Violation(Waba), Ct)).Callback.ShouldBe(app.Callback);
        (own.Bodies.Count, app.Bodies.Count).ShouldBe((1, 1));
        await Should.ThrowAsync<ArgumentException>(() => Meta.Webhooks.SendAsync([MetaMessages.SystemError(Number), MetaAccountUpdates.Violation(Waba)], Ct));
    }

    [Fact]
    public async Task It_is_listed_and_a_subscription_without_body_ends_it()
    {
        await using var own = await StartAsync();
        (await OverrideAsync(own)).ShouldSucceed();
        var token = Meta.World.IssueToken().Value;
        ((string?)(await Graph.GetAsync(Path, token))["data"]![0]!["override_callback_uri"]).ShouldBe(own.Callback.AbsoluteUri);
        ((string?)(await Graph.GetAsync($"/v25.0/{Number.Id}", token))["webhook_configuration"]!["whatsapp_business_account"]).ShouldBe(own.Callback.AbsoluteUri);
        (await Graph.PostAsync(Path, token)).ShouldSucceed();
        (await Graph.GetAsync(Path, token))["data"]![0]!["override_callback_uri"].ShouldBeNull();
    }

    [Fact]
    public async Task It_ends_with_the_subscription()
    {
        await using var own = await StartAsync();
        (await OverrideAsync(own)).ShouldSucceed();
        (await Graph.SendAsync(HttpMethod.Delete, Path, Meta.World.IssueToken().Value)).ShouldSucceed();
        Waba.OverrideCallback.ShouldBeNull();
    }

    [Fact]
    public async Task An_app_that_is_not_subscribed_may_not_override()
    {
        await using var own = await StartAsync();
        (await OverrideAsync(own, subscribed: false)).ShouldFail(400, 100);
        own.Handshakes.ShouldBe(0);
    }

    [Fact]
    public async Task A_callback_that_fails_the_handshake_changes_nothing()
    {
        var own = await StartAsync();
        (await OverrideAsync(own, verifyToken: "wrong")).ShouldFail(400, 2200);
        own.Echo = "something else";
        (await OverrideAsync(own)).ShouldFail(400, 2201);
        await own.DisposeAsync();
        (await PostAsync("http://127.0.0.1:1/hook", "v")).ShouldFail(400, 2200);
        Waba.OverrideCallback.ShouldBeNull();
    }

    [Fact]
    public async Task It_must_be_short_encrypted_and_allowed()
    {
        Waba.IsAppSubscribed = true;
        (await PostAsync("https://saas.example/" + new string('x', 180), "v")).ShouldFail(400, 100);
        (await PostAsync("http://saas.example/", "v")).ShouldFail(400, 100);
        (await PostAsync("https://saas.example/", "")).ShouldFail(400, 100);
        Options.AllowOverrides = false;
        (await PostAsync("https://saas.example/", "v")).ShouldFail(403, 200);
    }

    private async Task<Listener> StartAsync()
    {
        var listener = await Listener.StartAsync(Ct);
        listener.AppSecret = Meta.AppSecret;
        return listener;
    }

    private Task<GraphReply> OverrideAsync(Listener listener, string verifyToken = Listener.VerifyToken, bool subscribed = true)
    {
        Waba.IsAppSubscribed = subscribed;
        return PostAsync(listener.Callback.AbsoluteUri, verifyToken);
    }

    private Task<GraphReply> PostAsync(string callback, string verifyToken) =>
        Graph.PostAsync(Path, Meta.World.IssueToken().Value, new { override_callback_uri = callback, verify_token = verifyToken });
}
