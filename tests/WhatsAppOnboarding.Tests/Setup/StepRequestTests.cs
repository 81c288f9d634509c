using System.Net;
using System.Net.Http.Json;
using System.Text;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Setup;

public sealed class StepRequestTests
{
    [Fact]
    public async Task The_answer_says_how_the_number_stands_and_what_is_left_of_the_budget()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133015));
        await number.ConnectAsync();
        using var api = number.Host.OpenApi("acme");

        var answer = await api.PostAsJsonAsync(ANumber.Steps, new { phoneNumberId = number.AtMeta.Id, step = "register" }, TestContext.Current.CancellationToken);

        var json = await Browser.JsonAsync(answer);
        json.GetProperty("step").GetString().ShouldBe("register");
        json.GetProperty("number").GetProperty("phoneNumberId").GetString().ShouldBe(number.AtMeta.Id);
        json.GetProperty("number").GetProperty("connected").GetBoolean().ShouldBeTrue();
        (json.GetProperty("budget").GetProperty("used").GetInt32(), json.GetProperty("budget").GetProperty("limit").GetInt32()).ShouldBe((2, 10));
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("sync_contacts", GraphOperations.ReadPhoneNumber)]
    [InlineData("register", GraphOperations.Register)]
    [InlineData("subscribe", GraphOperations.SubscribeApp)]
    public async Task A_token_that_a_step_finds_refused_is_believed_no_more(string step, string operation)
    {
        await using var number = await ANumber.StartAsync(step is "register" ? ANumber.Unregistered : step is "subscribe" ? null : ANumber.OnBusinessApp);
        foreach (var open in (string[])[GraphOperations.Register, GraphOperations.SubscribeApp, GraphOperations.SyncAppData])
            number.Faults.On(open, Fault.Error(400, 368));
        await number.ConnectAsync();
        number.Faults.Clear();
        number.Faults.On(operation, Fault.Error(400, 190, 460));

        (await number.StepAsync(step)).ShouldBe("token_invalid");

        (await number.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeFalse();
        (await number.Host.UseAsync<IWhatsAppAccounts, PhoneNumberToken>(accounts => accounts.GetTokenAsync(AccountId.Parse("acme"), number.Id))).Available.ShouldBeFalse();
        number.Host.Events.Account.Count(told => told is { Kind: "needs_attention", Reason: "token_invalid" }).ShouldBe(1);
    }

    [Fact]
    public async Task Steps_that_are_ordered_by_the_hundred_ask_Meta_no_more()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133015));
        await number.ConnectAsync();
        using var api = number.Host.OpenApi("acme");
        for (var post = 0; post < 100; post++)
            (await ApiConnect.CodeOf(await api.PostAsJsonAsync(ANumber.Steps, new { phoneNumberId = "1", step = "register" }, TestContext.Current.CancellationToken))).ShouldBe("not_connected");
        number.Host.Meta.Calls.Clear();

        var more = await api.PostAsJsonAsync(ANumber.Steps, new { phoneNumberId = number.AtMeta.Id, step = "register" }, TestContext.Current.CancellationToken);

        (more.StatusCode, await ApiConnect.CodeOf(more)).ShouldBe((HttpStatusCode.TooManyRequests, "too_many_attempts"));
        more.Headers.RetryAfter.ShouldNotBeNull();
        number.Host.Meta.Calls.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"phoneNumberId":"ID","step":"register","unknown":1}""")]
    [InlineData("""{"phoneNumberId":"ID","step":"dance"}""")]
    [InlineData("""{"phoneNumberId":"ID"}""")]
    [InlineData("""{"phoneNumberId":"ID","step":"register","pin":"12345"}""")]
    [InlineData("""{"phoneNumberId":"ID","step":"register","pin":123456}""")]
    [InlineData("""{"phoneNumberId":"ID","step":"register","code":"123456"}""")]
    [InlineData("""{"phoneNumberId":"ID","step":"verify_code"}""")]
    [InlineData("""{"phoneNumberId":"ID","step":"verify_code","code":"12 34"}""")]
    [InlineData("""{"phoneNumberId":"ID","step":"request_code","method":"PIGEON"}""")]
    [InlineData("""{"phoneNumberId":"ID","step":"request_code","language":"english"}""")]
    [InlineData("""{"phoneNumberId":"ID","step":"subscribe","method":"SMS"}""")]
    [InlineData("""{"phoneNumberId":"a/b","step":"register"}""")]
    [InlineData("""{"phoneNumberId":["ID"],"step":"register"}""")]
    [InlineData("""[]""")]
    [InlineData("")]
    public async Task A_body_that_makes_no_sense_does_nothing(string body)
    {
        await using var number = await ANumber.StartAsync(shape => (shape.Status, shape.PlatformType) = ("BANNED", "NOT_APPLICABLE"));
        await number.ConnectAsync();
        var before = number.Host.Meta.Calls.All.Count;
        using var api = number.Host.OpenApi("acme");

        var answer = await api.PostAsync(
            ANumber.Steps, new StringContent(body.Replace("ID", number.AtMeta.Id, StringComparison.Ordinal), Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);

        (answer.StatusCode, await ApiConnect.CodeOf(answer)).ShouldBe((HttpStatusCode.BadRequest, "bad_request"));
        number.Host.Meta.Calls.All.Count.ShouldBe(before);
    }

    [Theory]
    [InlineData("subscribe")]
    [InlineData("register")]
    [InlineData("request_code")]
    [InlineData("sync_contacts")]
    public async Task A_number_of_another_account_is_as_unknown_as_one_that_does_not_exist(string step)
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        await number.ConnectAsync();
        var before = number.Host.Meta.Calls.All.Count;

        (await number.StepAsync(step, "globex")).ShouldBe("not_connected");
        (await number.StepAsync(new { phoneNumberId = "1", step })).ShouldBe("not_connected");
        await number.Host.DisconnectAsync("acme");
        (await number.StepAsync(step)).ShouldBe("not_connected");

        number.Host.Meta.Calls.All.Count(call => call.Operation != GraphOperations.UnsubscribeApp).ShouldBe(before);
    }

    [Fact]
    public async Task A_subscription_that_failed_is_repeated_and_helps_every_number_of_the_waba()
    {
        await using var number = await ANumber.StartAsync();
        number.AtMeta.Waba.AddNumber("+1 631-555-0101", "Two");
        number.Faults.On(GraphOperations.SubscribeApp, Fault.Error(400, 100), times: 3);
        (await number.ConnectAsync()).ShouldBe("incomplete");

        (await number.StepAsync("subscribe")).ShouldBe("meta_refused");
        number.Faults.Clear();
        (await number.StepAsync("subscribe")).ShouldBe("ok");

        number.AtMeta.Waba.IsAppSubscribed.ShouldBeTrue();
        (await number.Host.ReadAsync("acme")).Numbers.ShouldAllBe(one => one.OpenSteps.Count == 0 && one.Evidence.SubscribedAt != null);
        (await number.StepAsync("subscribe")).ShouldBe("step_not_open");
    }

    [Theory]
    [InlineData("register", "step_not_open")]
    [InlineData("subscribe", "step_not_open")]
    public async Task Where_nothing_is_open_nothing_is_done(string step, string code)
    {
        await using var number = await ANumber.StartAsync();
        await number.ConnectAsync();

        (await number.StepAsync(step)).ShouldBe(code);

        (number.Calls(GraphOperations.Register), number.Calls(GraphOperations.SubscribeApp)).ShouldBe((0, 1));
    }

    [Fact]
    public async Task When_meta_cannot_be_asked_how_the_number_stands_nothing_is_registered()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered, setup => setup["GraphAttemptTimeout"] = setup["GraphTotalTimeout"] = "00:00:03");
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133015));
        await number.ConnectAsync();
        number.Faults.On(GraphOperations.ReadPhoneNumber, Fault.Html(), times: int.MaxValue);

        (await number.StepAsync("register")).ShouldBe("meta_unavailable");

        number.Calls(GraphOperations.Register).ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_has_ended_can_do_no_step()
    {
        await using var number = await ANumber.StartAsync(ANumber.Unregistered);
        number.Faults.On(GraphOperations.Register, Fault.Error(400, 133015));
        await number.ConnectAsync();
        await number.Host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(
            AccountId.Parse("acme"), account => [account.Numbers.Single() with { TokenExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(-1) }]));

        (await number.StepAsync("register")).ShouldBe("token_unreadable");
    }

    [Fact]
    public async Task A_post_with_a_cookie_from_another_site_and_one_of_two_accounts_are_refused()
    {
        await using var number = await ANumber.StartAsync();
        using var browser = await number.Host.OpenBrowserAsync("acme");
        using var both = number.Host.OpenApi("acme,globex");
        foreach (var path in (string[])[ANumber.Steps, ANumber.Pin])
        {
            var foreign = await browser.SendAsync(HttpMethod.Post, path, new { }, request => request.Headers.Add("Sec-Fetch-Site", "cross-site"));
            (foreign.StatusCode, await ApiConnect.CodeOf(foreign)).ShouldBe((HttpStatusCode.Forbidden, "cross_site"));
            (await ApiConnect.CodeOf(await both.PostAsJsonAsync(path, new { }, TestContext.Current.CancellationToken))).ShouldBe("account_missing");
        }
    }

    [Fact]
    public void A_request_shows_neither_pin_nor_code() =>
        new StepRequest { Step = "register", Pin = TwoStepPin.Parse("581063"), Code = "424242" }.ToString().ShouldBe("register");
}
