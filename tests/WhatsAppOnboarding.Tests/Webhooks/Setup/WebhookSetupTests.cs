using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RichardSzalay.MockHttp;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Webhooks;

/// <summary>Where Meta sends the app's webhooks, read and put right.</summary>
public sealed class WebhookSetupTests : IAsyncLifetime
{
    private static readonly string[] Needed =
    [
        "messages", "account_update", "account_review_update", "account_alerts", "phone_number_name_update", "phone_number_quality_update",
        "business_capability_update", "security", "user_preferences", "smb_message_echoes", "smb_app_state_sync", "history",
        "messaging_handovers", "standby",
    ];

    private MetaEmulator Meta { get; set; } = null!;

    public async ValueTask InitializeAsync() => Meta = await MetaEmulator.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Meta.DisposeAsync();

    [Fact]
    public async Task An_app_without_webhooks_is_told_so_and_is_set_up()
    {
        await using var host = await StartAsync();
        var before = await ReadAsync(host);
        (before.Address, before.Fields.Count, before.IsComplete).ShouldBe((null, 0, false));
        Codes(before).ShouldBe(["not_subscribed"]);
        Meta.Webhooks.Callback.ShouldBeNull();

        var after = await ApplyAsync(host);

        after.IsComplete.ShouldBeTrue();
        (after.Address, after.NeededAddress, after.IsActive).ShouldBe((Callback(host).AbsoluteUri, Callback(host).AbsoluteUri, true));
        Meta.Webhooks.Callback.ShouldBe(Callback(host));
        Meta.Webhooks.Fields.ShouldBe(Needed, ignoreOrder: true);
        host.Logs.Lines.ShouldAllBe(line => !line.Text.Contains(TheHost.VerifyToken) && !line.Text.Contains(Meta.AppSecret));
    }

    [Fact]
    public async Task Missing_fields_are_named_and_fields_of_others_stay()
    {
        await using var host = await StartAsync();
        await SetAsync(host, Callback(host), "flows", "messages");

        var before = await ReadAsync(host);
        before.Differences.Select(difference => difference.Field).ShouldBe(Needed.Except(["messages"]));
        before.Differences.ShouldAllBe(difference => difference.Code == "field_missing" && difference.Message.Contains(difference.Field!) && difference.Action.Contains(difference.Field!));

        (await ApplyAsync(host)).IsComplete.ShouldBeTrue();
        Meta.Webhooks.Fields.ShouldBe(["flows", .. Needed], ignoreOrder: true);
    }

    [Fact]
    public async Task Another_address_is_named_and_replaced()
    {
        await using var host = await StartAsync();
        var other = new Uri($"http://localhost:{host.Address.Port}/webhooks/whatsapp");
        await SetAsync(host, other, Needed);

        var difference = (await ReadAsync(host)).Differences.ShouldHaveSingleItem();
        difference.Code.ShouldBe("address_differs");
        difference.Message.ShouldContain(other.AbsoluteUri);

        (await ApplyAsync(host)).IsComplete.ShouldBeTrue();
        Meta.Webhooks.Callback.ShouldBe(Callback(host));
    }

    [Fact]
    public async Task A_refused_handshake_is_a_result_with_metas_code_and_changes_nothing()
    {
        await using var host = await StartAsync(setup => setup["PublicOrigin"] = "http://127.0.0.1:1");

        var report = await ApplyAsync(host);

        Codes(report).ShouldBe(["not_applied", "not_subscribed"]);
        var refusal = report.Differences[0];
        (refusal.Reason, refusal.MetaCode).ShouldBe(("app_misconfigured", 2200));
        refusal.MetaTraceId.ShouldNotBeNullOrEmpty();
        refusal.Action.ShouldContain("PublicOrigin");
        Meta.Webhooks.Callback.ShouldBeNull();
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_replaced()
    {
        await using var host = await StartAsync();
        await SetAsync(host, Callback(host), "flows");
        Meta.Faults.On(GraphOperations.ListAppSubscriptions, Fault.Error(400, 4), times: int.MaxValue);

        var report = await ApplyAsync(host);

        var failure = report.Differences.ShouldHaveSingleItem();
        (failure.Code, failure.Reason, failure.MetaCode).ShouldBe(("not_read", "meta_throttled", 4));
        Meta.Webhooks.Fields.ShouldBe(["flows"]);
    }

    [Fact]
    public async Task The_address_is_the_one_that_was_mapped_whatever_a_reload_says()
    {
        await using var host = await StartAsync();
        host.App.Configuration["WhatsAppOnboarding:Paths:Webhooks"] = "/elsewhere";
        ((IConfigurationRoot)host.App.Configuration).Reload();

        (await ApplyAsync(host)).IsComplete.ShouldBeTrue();
        Meta.Webhooks.Callback.ShouldBe(Callback(host));
    }

    [Fact]
    public async Task A_wrong_app_secret_is_named()
    {
        await using var host = await StartAsync(setup => setup["AppSecret"] = "wrong");

        var failure = (await ReadAsync(host)).Differences.ShouldHaveSingleItem();

        (failure.Code, failure.Reason).ShouldBe(("not_read", "app_misconfigured"));
        failure.Action.ShouldContain("AppSecret");
    }

    [Fact]
    public async Task Without_a_verify_token_meta_is_not_asked_to_check_the_address()
    {
        await using var host = await StartAsync(setup => setup["WebhookVerifyToken"] = "");

        Codes(await ReadAsync(host)).ShouldBe(["verify_token_missing", "not_subscribed"]);
        Codes(await ApplyAsync(host)).ShouldBe(["verify_token_missing", "not_subscribed"]);

        Meta.Calls.Of(GraphOperations.SetAppSubscription).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://saas.example", "address_unreachable, not_subscribed")]
    [InlineData("https://localhost", "address_unreachable, not_subscribed")]
    [InlineData("https://saas.example", "not_subscribed")]
    public async Task An_address_that_only_this_machine_reaches_is_not_for_meta_itself(string origin, string codes)
    {
        await using var host = await StartWithAnswerAsync("""{"data":[{"object":"page","callback_url":"https://saas.example/webhooks/whatsapp","active":true,"fields":[]}]}""", origin);

        string.Join(", ", Codes(await ReadAsync(host))).ShouldBe(codes);
    }

    [Theory]
    [InlineData("false", "not_active")]
    [InlineData("null", "")]
    public async Task Only_metas_plain_no_says_that_nothing_is_sent(string active, string codes)
    {
        var fields = string.Join(',', Needed.Select(field => $$"""{"name":"{{field}}","version":"v25.0"}"""));
        await using var host = await StartWithAnswerAsync(
            $$"""{"data":[{"object":"whatsapp_business_account","callback_url":"https://saas.example/webhooks/whatsapp","active":{{active}},"fields":[{{fields}}]}]}""");

        string.Join(", ", Codes(await ReadAsync(host))).ShouldBe(codes);
    }

    private static Uri Callback(TheHost host) => new(host.Address, "/webhooks/whatsapp");

    private static string[] Codes(WebhookSetupReport report) => [.. report.Differences.Select(difference => difference.Code)];

    private static Task<WebhookSetupReport> ReadAsync(TheHost host) =>
        host.UseAsync<IWhatsAppOperator, WebhookSetupReport>(operations => operations.ReadWebhookSetupAsync(TestContext.Current.CancellationToken));

    private static Task<WebhookSetupReport> ApplyAsync(TheHost host) =>
        host.UseAsync<IWhatsAppOperator, WebhookSetupReport>(operations => operations.ApplyWebhookSetupAsync(TestContext.Current.CancellationToken));

    private async Task SetAsync(TheHost host, Uri address, params string[] fields) =>
        (await host.UseAsync<IGraphClient, GraphResult<GraphDone>>(graph => graph.SendAsync(SubscriptionCalls.SubscribeAppFields(Meta.AppId, address, TheHost.VerifyToken, fields)))).Succeeded.ShouldBeTrue();

    private Task<TheHost> StartAsync(Action<HostSetup>? configure = null) => TheHost.StartAsync(
        setup =>
        {
            setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
            configure?.Invoke(setup);
        },
        meta: Meta);

    /// <summary>A host that believes to talk to Meta itself, which answers this and nothing else.</summary>
    private Task<TheHost> StartWithAnswerAsync(string json, string origin = "https://saas.example") => StartAsync(setup =>
    {
        setup["GraphBaseAddress"] = "https://graph.facebook.com";
        setup["PublicOrigin"] = origin;
        var meta = new MockHttpMessageHandler();
        meta.When(HttpMethod.Get, "https://graph.facebook.com/*").Respond(HttpStatusCode.OK, "application/json", json);
        setup.Library = library => library.Services.AddHttpClient(GraphRegistration.ClientName).ConfigurePrimaryHttpMessageHandler(() => meta);
    });
}
