using WhatsAppOnboarding.Testing.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Testing.Tests;

public sealed class AppSubscriptionTests : EmulatorTest
{
    private string Path => $"/v25.0/{Meta.AppId}/subscriptions";

    private string AppToken => $"{Meta.AppId}|{Meta.AppSecret}";

    [Fact]
    public async Task The_app_sets_its_callback_and_fields_and_reads_them_back()
    {
        await using var app = await Listener.StartAsync(Ct);
        (await SendAsync(HttpMethod.Get))["data"]!.AsArray().ShouldBeEmpty();
        (await SetAsync(app, "messages,account_update")).ShouldSucceed();
        app.Handshakes.ShouldBe(1);
        Meta.Webhooks.Callback.ShouldBe(app.Callback);
        var read = (await SendAsync(HttpMethod.Get))["data"]!.AsArray().ShouldHaveSingleItem()!;
        read.ToJsonString().ShouldBe($$$"""{"object":"whatsapp_business_account","callback_url":"{{{app.Callback}}}","active":true,"fields":[{"name":"messages","version":"v25.0"},{"name":"account_update","version":"v25.0"}]}""");
        Meta.Calls.Of(GraphOperations.SetAppSubscription).Count.ShouldBe(1);
        Meta.Calls.Of(GraphOperations.ListAppSubscriptions).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_callback_that_fails_the_handshake_is_refused_and_nothing_changes()
    {
        await using var app = await Listener.StartAsync(Ct);
        (await SetAsync(app, "messages", verifyToken: "wrong")).ShouldFail(400, 2200);
        app.Echo = "something else";
        (await SetAsync(app, "messages")).ShouldFail(400, 2200);
        Meta.Webhooks.Callback.ShouldBeNull();
        Meta.Webhooks.Fields.ShouldBeNull();
    }

    [Fact]
    public async Task Only_subscribed_fields_are_sent()
    {
        await using var app = await Listener.StartAsync(Ct);
        app.AppSecret = Meta.AppSecret;
        (await SetAsync(app, "messages")).ShouldSucceed();
        Waba.IsAppSubscribed = true;
        (await Meta.Webhooks.SendAsync(MetaAccountUpdates.PartnerRemoved(Waba), Ct)).Status.ShouldBe(DeliveryStatus.FieldNotSubscribed);
        (await Meta.Webhooks.ReceiveMessageAsync(Number.Id, "1", "Ada", "Hi", Ct)).Status.ShouldBe(DeliveryStatus.Delivered);
        app.Bodies.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Some_fields_or_all_can_be_deleted()
    {
        await using var app = await Listener.StartAsync(Ct);
        (await SetAsync(app, "messages,security")).ShouldSucceed();
        (await SendAsync(HttpMethod.Delete, "?object=whatsapp_business_account&fields=security")).ShouldSucceed();
        Meta.Webhooks.Fields.ShouldBe(["messages"]);
        (await SendAsync(HttpMethod.Delete, "?object=whatsapp_business_account")).ShouldSucceed();
        Meta.Webhooks.Callback.ShouldBeNull();
        (await SendAsync(HttpMethod.Get))["data"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_callback_of_the_dashboard_hears_of_all_fields()
    {
        await using var app = await Listener.StartAsync(Ct);
        (await Meta.Webhooks.ConfigureAsync(app.Callback, Listener.VerifyToken, Ct)).ShouldBeTrue();
        var fields = (await SendAsync(HttpMethod.Get))["data"]![0]!["fields"]!.AsArray().Select(field => (string)field!["name"]!);
        fields.ShouldContain("messages");
        fields.ShouldContain("account_update");
    }

    [Fact]
    public async Task Only_the_app_itself_may_ask_and_only_for_itself()
    {
        (await Graph.GetAsync(Path, null)).ShouldFail(400, 190);
        (await Graph.GetAsync(Path, Meta.World.IssueToken().Value)).ShouldFail(400, 15);
        (await Graph.SendAsync(HttpMethod.Get, $"/v25.0/{Waba.Id}/subscriptions", AppToken, proof: null)).ShouldFail(400, 100, 33);
    }

    [Theory]
    [InlineData("page", "https://saas.example/hook", "messages")]
    [InlineData("whatsapp_business_account", "http://saas.example/hook", "messages")]
    [InlineData("whatsapp_business_account", "https://saas.example/hook", "")]
    [InlineData("whatsapp_business_account", "https://saas.example/hook", "messages,message_status")]
    public async Task Another_object_plain_http_and_unknown_fields_are_refused(string name, string callback, string fields) =>
        (await SendAsync(HttpMethod.Post, body: new { @object = name, callback_url = callback, verify_token = "v", fields })).ShouldFail(400, 100);

    private Task<GraphReply> SetAsync(Listener app, string fields, string verifyToken = Listener.VerifyToken) => SendAsync(
        HttpMethod.Post,
        body: new { @object = "whatsapp_business_account", callback_url = app.Callback.AbsoluteUri, verify_token = verifyToken, fields, include_values = true });

    private Task<GraphReply> SendAsync(HttpMethod method, string query = "", object? body = null) => Graph.SendAsync(method, Path + query, AppToken, body, proof: null);
}
