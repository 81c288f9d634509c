using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Connect;

public sealed class PopupTests
{
    [Fact]
    public async Task A_page_is_told_what_opens_the_popup_and_where_it_goes_on()
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        using var api = host.OpenApi("acme");

        var start = await api.StartPopupAsync();

        var popup = start.GetProperty("popup");
        popup.GetProperty("sdkAddress").GetString().ShouldBe("https://connect.facebook.net/en_US/sdk.js");
        popup.GetProperty("appId").GetString().ShouldBe(host.Meta.AppId);
        popup.GetProperty("version").GetString().ShouldBe("v25.0");
        popup.GetProperty("configurationId").GetString().ShouldBe("9876543210");
        popup.GetProperty("extras").GetRawText().ShouldBe("""{"setup":{}}""");
        popup.GetProperty("messageOrigin").GetString().ShouldBe(host.Meta.Address.GetLeftPart(UriPartial.Authority));
        var links = start.GetProperty("links");
        links.GetProperty("finish").GetString().ShouldBe("/api/integrations/whatsapp/oauth");
        links.GetProperty("attempt").GetString().ShouldBe($"/api/integrations/whatsapp/attempts/{start.GetProperty("attemptId").GetString()}");
        links.GetProperty("choose").GetString().ShouldBe("/api/integrations/whatsapp/choose");
        host.Meta.Calls.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Under_a_prefix_the_page_goes_on_under_it()
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup.Prefix = "/crm";
        });
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = host.OpenApi("acme");
        var start = await Browser.JsonAsync(await api.AskAsync("/crm" + Browser.Connect + "?way=popup"));
        var links = start.GetProperty("links");

        var finished = await api.PostAsync(
            new { code = host.Meta.IssuePopupCode(), state = start.GetProperty("state").GetString() }, links.GetProperty("finish").GetString()!);

        finished.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await api.AskAsync(links.GetProperty("attempt").GetString()!)).StatusCode.ShouldBe(HttpStatusCode.OK);
        links.GetProperty("choose").GetString().ShouldBe("/crm/api/integrations/whatsapp/choose");
    }

    [Theory]
    [InlineData("ConfigurationId", "")]
    [InlineData("ConfigurationIssuesSystemUserTokens", "false")]
    public async Task Where_a_popup_can_give_no_code_the_page_is_told_so(string setting, string value)
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup[setting] = value;
        });
        using var api = host.OpenApi("acme");

        (await api.StartPopupAsync()).TryGetProperty("popup", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Messages_are_taken_from_metas_own_hosts_when_the_dialog_is_metas()
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup["DialogBaseAddress"] = "https://www.facebook.com";
        });
        using var api = host.OpenApi("acme");

        (await api.StartPopupAsync()).GetProperty("popup").TryGetProperty("messageOrigin", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_code_of_the_popup_connects_without_a_redirect_uri()
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = host.OpenApi("acme");

        var answer = await api.ConnectByPopupAsync(host, number.Waba);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var json = await Browser.JsonAsync(answer);
        json.GetProperty("code").GetString().ShouldBe("connected");
        json.GetProperty("phones")[0].GetProperty("id").GetString().ShouldBe(number.Id);
        host.Meta.Calls.Of(GraphOperations.ExchangeCode).ShouldHaveSingleItem().QueryNames.ShouldNotContain("redirect_uri");
        number.Waba.IsAppSubscribed.ShouldBeTrue();
    }

    [Theory]
    [InlineData("popup")]
    [InlineData("redirect")]
    public async Task A_signup_of_half_an_hour_ends_connected(string way)
    {
        var clock = new ManualTimeProvider();
        await using var host = await TheHost.StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup.Services.AddSingleton<TimeProvider>(clock);
        });
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = host.OpenApi("acme");
        using var browser = await host.OpenBrowserAsync("acme");
        var state = await api.StartPopupStateAsync();
        var dialog = await browser.StartAsync();
        clock.Advance(TimeSpan.FromMinutes(31));

        if (way == "popup")
            (await ApiConnect.CodeOf(await api.FinishAsync(host.Meta.IssuePopupCode(), state))).ShouldBe("connected");
        else
            (await browser.ReturnAsync(await host.Meta.ApproveAsync(dialog, null, TestContext.Current.CancellationToken))).ShouldBe("/dashboard?whatsapp=connected");
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(1, 3)]
    [InlineData(0, 3)]
    public async Task Two_calls_wait_for_each_other_when_the_hints_name_every_waba_and_three_otherwise(int hinted, int chain)
    {
        await using var host = await TheHost.StartAsync(
            PopupConnect.Configure, new MetaEmulatorOptions { Latency = TimeSpan.FromMilliseconds(400) });
        var business = host.Meta.World.AddBusiness("Lucky Shrub");
        EmulatedWaba[] wabas = [business.AddWaba("Main"), business.AddWaba("Second")];
        foreach (var waba in wabas)
            waba.AddNumber($"+1 631-555-01{waba.Id[^2..]}", waba.Name);
        using var api = host.OpenApi("acme");

        (await api.ConnectByPopupAsync(host, wabas[..hinted])).StatusCode.ShouldBe(HttpStatusCode.OK);

        host.Meta.Calls.All[0].Operation.ShouldBe(GraphOperations.ExchangeCode);
        host.Meta.Calls.LongestChain().ShouldBe(chain);
        (await host.ReadAsync("acme")).Numbers.Count.ShouldBe(2);
        wabas.ShouldAllBe(waba => waba.IsAppSubscribed);
    }

    [Fact]
    public async Task What_was_subscribed_early_is_taken_back_when_the_token_cannot_be_inspected()
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        host.Meta.Faults.On(GraphOperations.DebugToken, Fault.WrongJson(), times: int.MaxValue);
        using var api = host.OpenApi("acme");

        (await ApiConnect.CodeOf(await api.ConnectByPopupAsync(host, waba))).ShouldBe("meta_unreadable");

        host.Meta.Calls.Of(GraphOperations.SubscribeApp).Count.ShouldBe(1);
        waba.IsAppSubscribed.ShouldBeFalse();
        (await host.ReadAsync("acme")).Reference.Version.ShouldBe(0);
    }

    [Fact]
    public async Task Where_the_token_names_no_waba_the_hints_do()
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure, new MetaEmulatorOptions { NameTargets = false });
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = host.OpenApi("acme");

        (await api.ConnectByPopupAsync(host, number.Waba)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().PhoneNumberId.ToString().ShouldBe(number.Id);
        host.Meta.Calls.Of(GraphOperations.ListBusinesses).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(415, 2859009, "two_factor_needed")]
    [InlineData(131031, null, "account_locked")]
    [InlineData(368, null, "account_blocked")]
    [InlineData(490, null, "facebook_check")]
    [InlineData(100, 33, "ids_not_granted")]
    [InlineData(100, null, "ids_not_granted")]
    public async Task A_waba_that_only_the_hints_name_is_told_with_metas_reason_and_not_as_never_granted(int meta, int? subcode, string code)
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure, new MetaEmulatorOptions { NameTargets = false });
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(400, meta, subcode), times: int.MaxValue);
        using var api = host.OpenApi("acme");

        (await ApiConnect.CodeOf(await api.ConnectByPopupAsync(host, number.Waba))).ShouldBe(code);

        (await host.ReadAsync("acme")).Reference.Version.ShouldBe(0);
    }

    [Theory]
    [InlineData("cancelled", "PHONE_NUMBER_SETUP", "PHONE_NUMBER_SETUP")]
    [InlineData("popup_error", null, "2001 S-1")]
    [InlineData("given_up", null, null)]
    [InlineData("code_lost", null, "FINISH")]
    [InlineData("popup_left", null, null)]
    [InlineData("popup_closed", "<script>", null)]
    [InlineData("popup_blocked", null, null)]
    [InlineData("popup_timeout", null, null)]
    [InlineData("sdk_unavailable", null, null)]
    public async Task An_end_without_a_code_is_found_among_the_attempts(string ending, string? currentStep, string? detail)
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        using var api = host.OpenApi("acme");
        var start = await api.StartPopupAsync();
        var error = ending == "popup_error" ? "2001" : null;

        var answer = await api.PostAsync(new
        {
            state = start.GetProperty("state").GetString(),
            ending,
            @event = ending == "code_lost" ? "FINISH" : null,
            currentStep,
            errorCode = error,
            sessionId = error is null ? null : "S-1",
        });

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, "the page reported it, so nothing failed and no console shows an error");
        (await Browser.JsonAsync(answer)).GetProperty("success").GetBoolean().ShouldBeFalse();
        (await ApiConnect.CodeOf(answer)).ShouldBe(ending);
        var attempt = await api.AttemptAsync(start.GetProperty("attemptId").GetGuid());
        attempt.GetProperty("outcome").GetString().ShouldBe(ending);
        attempt.GetProperty("action").GetString().ShouldNotBeNullOrEmpty();
        attempt.GetProperty("steps")[0].GetProperty("detail").GetString().ShouldBe(detail);
        host.Meta.Calls.All.ShouldBeEmpty();
        (await ApiConnect.CodeOf(await api.PostAsync(new { state = start.GetProperty("state").GetString(), code = host.Meta.IssuePopupCode() }))).ShouldBe("state_used");
    }

    [Theory]
    [InlineData("""{ "wabaId": "not digits" }""")]
    [InlineData("""{ "wabaId": {} }""")]
    [InlineData("""{ "phoneNumberId": "1e5" }""")]
    [InlineData("""{ "wabaIds": ["1", null, "x"] }""")]
    [InlineData("""{ "ending": "nothing_known" }""")]
    public async Task What_makes_no_sense_is_refused_and_uses_nothing_up(string extra)
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = host.OpenApi("acme");
        var state = await api.StartPopupStateAsync();
        var code = host.Meta.IssuePopupCode();
        var body = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(extra)!;
        body["state"] = JsonSerializer.SerializeToElement(state);
        if (!body.ContainsKey("ending"))
            body["code"] = JsonSerializer.SerializeToElement(code);

        (await ApiConnect.CodeOf(await api.PostAsync(body))).ShouldBe("bad_request");

        (await api.PostAsync(new { code, state, wabaId = number.Waba.Id, wabaIds = new[] { number.Waba.Id, "" }, phoneNumberId = "" })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{ "renews": "" }""")]
    [InlineData("""{ "renews": "  " }""")]
    [InlineData("""{ "renews": "sealed by keys that are gone" }""")]
    [InlineData("""{ "wabaId": " ", "wabaIds": ["", "\t"], "phoneNumberId": " ", "ending": "" }""")]
    [InlineData("""{ "wabaId": <waba> }""")]
    [InlineData("""{ "wabaIds": [<waba>, "<waba>"], "phoneNumberId": <number>, "sessionId": 7 }""")]
    public async Task What_is_empty_was_not_said_and_a_number_is_a_text_so_that_no_code_is_thrown_away(string extra)
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        using var api = host.OpenApi("acme");
        var body = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(extra.Replace("<waba>", number.Waba.Id).Replace("<number>", number.Id))!;
        body["state"] = JsonSerializer.SerializeToElement(await api.StartPopupStateAsync());
        body["code"] = JsonSerializer.SerializeToElement(host.Meta.IssuePopupCode());

        (await ApiConnect.CodeOf(await api.PostAsync(body))).ShouldBe("connected");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task An_empty_code_beside_an_end_is_none(string code)
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        using var api = host.OpenApi("acme");

        (await ApiConnect.CodeOf(await api.PostAsync(new { state = await api.StartPopupStateAsync(), code, ending = "code_lost" }))).ShouldBe("code_lost");
        (await ApiConnect.CodeOf(await api.PostAsync(new { state = await api.StartPopupStateAsync(), code }))).ShouldBe("bad_request");
    }

    [Fact]
    public async Task A_way_that_is_not_known_is_refused()
    {
        await using var host = await TheHost.StartAsync(PopupConnect.Configure);
        using var api = host.OpenApi("acme");

        (await ApiConnect.CodeOf(await api.AskAsync(Browser.Connect + "?way=carrier-pigeon"))).ShouldBe("bad_request");
    }
}
