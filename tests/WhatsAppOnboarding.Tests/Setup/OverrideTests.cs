using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Setup;

/// <summary>WABAs whose messages go to an address of their own.</summary>
public sealed class OverrideTests : IAsyncDisposable
{
    private ANumber? _number;

    private ANumber Number => _number!;

    /// <summary>The address of the WABA's own: here the same host by another name.</summary>
    private Uri? Own { get; set; }

    public ValueTask DisposeAsync() => _number?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Messages_go_to_the_address_of_the_waba_and_all_else_to_that_of_the_app()
    {
        await StartAsync();

        (await Number.ConnectAsync()).ShouldBe("connected");

        Number.AtMeta.Waba.OverrideCallback.ShouldBe(Own);
        var message = await Number.Host.Meta.Webhooks.ReceiveMessageAsync(Number.AtMeta.Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);
        var account = await Number.Host.Meta.Webhooks.SendAsync(MetaAccountUpdates.Violation(Number.AtMeta.Waba), TestContext.Current.CancellationToken);
        (message.Callback, account.Callback).ShouldBe((Own, new Uri(Number.Host.Address, "/webhooks/whatsapp")));
        Number.Host.Events.TextsOf("acme").ShouldBe(["hello"]);
        (await Number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_waba_without_an_address_of_its_own_is_only_subscribed()
    {
        await StartAsync();
        Own = null;

        (await Number.ConnectAsync()).ShouldBe("connected");

        (Number.Calls(GraphOperations.SubscribeApp), Number.Calls(GraphOperations.ListSubscribedApps)).ShouldBe((1, 0));
    }

    [Fact]
    public async Task A_refusal_is_the_operators_affair_and_leaves_the_number_connected_until_a_connect_sets_it()
    {
        var meta = new MetaEmulatorOptions { AllowOverrides = false };
        await StartAsync(meta);
        Number.AtMeta.Waba.AddNumber("+1 631-555-0101", "Two");

        (await Number.ConnectAsync()).ShouldBe("connected");

        var status = await Number.StatusAsync();
        (status.GetProperty("connected").GetBoolean(), status.GetProperty("openSteps").GetArrayLength()).ShouldBe((true, 0));
        Number.AtMeta.Waba.OverrideCallback.ShouldBeNull();
        FailureShouldBeLogged("permission_missing");

        meta.AllowOverrides = true;
        (await Number.ConnectAsync()).ShouldBe("connected");
        Number.AtMeta.Waba.OverrideCallback.ShouldBe(Own);
    }

    [Fact]
    public async Task Nobody_else_knows_of_it_neither_attempts_nor_steps_that_can_be_asked_for()
    {
        await StartAsync();

        using var api = Number.Host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(Number.Host);
        var id = (await Browser.JsonAsync(await api.FinishAsync(code, state))).GetProperty("attemptId").GetGuid();

        var attempt = await Number.Host.UseAsync<IWhatsAppAccounts, AttemptView?>(accounts => accounts.FindAttemptAsync(AccountId.Parse("acme"), id));
        attempt!.Steps.ShouldContain(step => step.Step == StepNames.Subscribe);
        attempt.Steps.ShouldAllBe(step => step.Step != "override");
        (await Number.StepAsync("override")).ShouldBe("bad_request");
    }

    [Fact]
    public async Task An_address_that_fails_the_handshake_is_told_to_the_operator_and_no_log_shows_address_or_verify_token()
    {
        await StartAsync();
        Own = new Uri("http://127.0.0.1:1/secret-path");

        (await Number.ConnectAsync()).ShouldBe("connected");

        FailureShouldBeLogged("app_misconfigured");
        Number.Host.Logs.Lines.Single(line => line.EventId == 1281).Text.ShouldContain("UseWebhookOverride");
        Number.Host.Logs.Lines.ShouldAllBe(line => !line.Text.Contains(TheHost.VerifyToken) && !line.Text.Contains("secret-path"));
    }

    [Theory]
    [InlineData("""{"data":[{"whatsapp_business_api_data":{"id":"APP","name":"App"},"override_callback_uri":"https://stale.example/hook"}]}""")]
    [InlineData("""{"data":[{"whatsapp_business_api_data":{"id":"APP","name":"App"}}]}""")]
    [InlineData("""{"data":[{"whatsapp_business_api_data":{"id":"1","name":"Other"},"override_callback_uri":"OWN"}]}""")]
    [InlineData("""{"data":[]}""")]
    public async Task What_meta_took_and_does_not_show_is_not_taken_for_done(string shown)
    {
        await StartAsync();
        shown = shown.Replace("APP", Number.Host.Meta.AppId, StringComparison.Ordinal).Replace("OWN", Own!.AbsoluteUri, StringComparison.Ordinal);
        Number.Faults.On(GraphOperations.ListSubscribedApps, Fault.WrongJson(shown));

        (await Number.ConnectAsync()).ShouldBe("connected");

        FailureShouldBeLogged("another address");
        Number.Host.Logs.Lines.ShouldAllBe(line => line.EventId != 1215);
    }

    [Fact]
    public async Task What_cannot_be_read_back_is_not_taken_for_done()
    {
        await StartAsync();
        Number.Faults.On(GraphOperations.ListSubscribedApps, Fault.Error(400, 100), times: int.MaxValue);

        await Number.ConnectAsync();

        FailureShouldBeLogged("meta_refused");
        (await Number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_subscribe_whose_fate_is_not_known_may_have_taken_it_and_is_told_to_the_operator()
    {
        await StartAsync();
        await Number.ConnectAsync();
        Number.Faults.On(GraphOperations.SubscribeApp, Fault.Html(), times: int.MaxValue);

        (await Number.ConnectAsync()).ShouldBe("incomplete");

        FailureShouldBeLogged("meta_unavailable");
    }

    [Fact]
    public async Task Each_subscribe_that_follows_sets_it_again()
    {
        await StartAsync();
        Number.Faults.On(GraphOperations.SubscribeApp, Fault.Error(400, 100));
        (await Number.ConnectAsync()).ShouldBe("incomplete");
        (await Number.OpenAsync()).ShouldBe(["subscribe: meta_refused"]);
        Number.AtMeta.Waba.OverrideCallback.ShouldBeNull();

        (await Number.StepAsync("subscribe")).ShouldBe("ok");
        Number.AtMeta.Waba.OverrideCallback.ShouldBe(Own);

        (await Number.ConnectAsync()).ShouldBe("connected");
        Number.AtMeta.Waba.OverrideCallback.ShouldBe(Own);
    }

    [Fact]
    public async Task An_address_that_was_taken_away_is_removed_by_the_next_connect()
    {
        await StartAsync();
        await Number.ConnectAsync();
        Number.AtMeta.Waba.OverrideCallback.ShouldNotBeNull();
        Own = null;

        (await Number.ConnectAsync()).ShouldBe("connected");

        Number.AtMeta.Waba.OverrideCallback.ShouldBeNull();
        (await Number.OpenAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_stays_while_another_account_holds_the_waba_and_goes_before_the_subscription()
    {
        await StartAsync();
        await Number.ConnectAsync();
        await Number.ConnectAsync("birch");

        await Number.Host.DisconnectAsync("acme");
        Number.AtMeta.Waba.OverrideCallback.ShouldBe(Own);

        var before = Number.Host.Meta.Calls.All.Count;
        await Number.Host.DisconnectAsync("birch");
        Number.Host.Meta.Calls.All.Skip(before).Select(call => call.Operation).ShouldBe([GraphOperations.SubscribeApp, GraphOperations.UnsubscribeApp]);
        Number.AtMeta.Waba.IsAppSubscribed.ShouldBeFalse();
    }

    [Fact]
    public async Task An_address_that_cannot_be_set_back_does_not_keep_the_app_from_leaving()
    {
        await StartAsync();
        await Number.ConnectAsync();
        Number.Faults.On(GraphOperations.SubscribeApp, Fault.Error(400, 100), times: int.MaxValue);

        (await Number.Host.DisconnectAsync("acme")).Open.ShouldBeEmpty();

        Number.AtMeta.Waba.IsAppSubscribed.ShouldBeFalse();
    }

    [Fact]
    public async Task An_app_that_may_not_leave_keeps_the_address()
    {
        await StartAsync();
        await Number.ConnectAsync();
        Number.Faults.On(GraphOperations.UnsubscribeApp, Fault.Error(400, 100), times: int.MaxValue);

        (await Number.Host.DisconnectAsync("acme")).Open.Values.ShouldBe(["meta_refused"]);

        (Number.AtMeta.Waba.IsAppSubscribed, Number.AtMeta.Waba.OverrideCallback).ShouldBe((true, Own));
    }

    [Theory]
    [InlineData(GraphOperations.SubscribeApp)]
    [InlineData(GraphOperations.UnsubscribeApp)]
    public async Task A_sibling_that_connects_while_an_account_leaves_keeps_it(string operation)
    {
        await StartAsync();
        await Number.ConnectAsync();
        var held = Number.Faults.Hold(operation);
        var disconnecting = Number.Host.DisconnectAsync("acme");
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        await Number.ConnectAsync("birch");
        held.Release();
        await disconnecting;

        (Number.AtMeta.Waba.IsAppSubscribed, Number.AtMeta.Waba.OverrideCallback).ShouldBe((true, Own));
    }

    [Theory]
    [InlineData("/relative")]
    [InlineData("http://saas.example/hook")]
    [InlineData("ftp://saas.example/hook")]
    [InlineData("long")]
    [InlineData("throw")]
    public async Task A_function_that_gives_nothing_usable_is_the_operators_to_put_right(string address)
    {
        _number = await ANumber.StartAsync(configure: setup => setup.Library = library => library.UseWebhookOverride(_ => address switch
        {
            "throw" => throw new InvalidOperationException("The host's own code broke."),
            "long" => new Uri("https://saas.example/" + new string('x', 180)),
            _ => new Uri(address, UriKind.RelativeOrAbsolute),
        }));

        (await Number.ConnectAsync()).ShouldBe("connected");

        (await Number.OpenAsync()).ShouldBeEmpty();
        var line = Number.Host.Logs.Lines.Single(line => line.EventId == 1216);
        (line.Level, line.Text.Contains("UseWebhookOverride")).ShouldBe((LogLevel.Error, true));
        (Number.Calls(GraphOperations.SubscribeApp), (await Number.StatusAsync()).GetProperty("connected").GetBoolean()).ShouldBe((1, true));
    }

    [Fact]
    public async Task Without_a_verify_token_the_host_does_not_start() =>
        (await Should.ThrowAsync<OptionsValidationException>(() => ANumber.StartAsync(configure: setup =>
        {
            setup["WebhookVerifyToken"] = "";
            setup.Library = library => library.UseWebhookOverride(_ => null);
        }))).Message.ShouldContain("UseWebhookOverride");

    private void FailureShouldBeLogged(string why)
    {
        var line = Number.Host.Logs.Lines.Single(line => line.EventId == 1218);
        (line.Level, line.Text.Contains("UseWebhookOverride"), line.Text.Contains(Number.AtMeta.Waba.Id)).ShouldBe((LogLevel.Error, true, true));
        line.Text.ShouldContain(why);
    }

    private async Task StartAsync(MetaEmulatorOptions? meta = null)
    {
        _number = await ANumber.StartAsync(meta: meta, configure: setup => setup.Library = library => library.UseWebhookOverride(_ => Own));
        Own = new Uri($"http://localhost:{Number.Host.Address.Port}/webhooks/whatsapp");
    }
}
