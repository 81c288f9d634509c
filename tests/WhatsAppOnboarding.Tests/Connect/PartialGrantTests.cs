using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Connect;

/// <summary>A token names two WABAs, of which one cannot be read.</summary>
public sealed class PartialGrantTests : IAsyncLifetime
{
    private TheHost _host = null!;
    private EmulatedWaba _healthy = null!;
    private EmulatedWaba _broken = null!;

    private static string[] Scopes => ["whatsapp_business_management", "whatsapp_business_messaging", "business_management"];

    public static TheoryData<string> Failures => [.. Faults.Keys];

    private static Dictionary<string, (Func<Fault> Make, bool IsHidden)> Faults { get; } = new()
    {
        ["deleted"] = (() => Fault.Error(400, 100, 33), true),
        ["no WABA at all"] = (() => Fault.Error(400, 100, message: "(#100) Tried accessing nonexisting field (phone_numbers)"), true),
        ["refused"] = (() => Fault.Error(403, 200), true),
        ["locked"] = (() => Fault.Error(403, 131031), false),
        ["throttled"] = (() => Fault.Error(400, 80008), false),
        ["two-factor"] = (() => Fault.Error(400, 415, 2859009), false),
        ["two-factor under another code"] = (() => Fault.Error(400, 100, 2859009), false),
        ["a check of the person"] = (() => Fault.Error(400, 490, 33), false),
        ["too much data for ever"] = (() => Fault.Error(500, 1, message: "Please reduce the amount of data you're asking for, then retry your request"), false),
        ["silent"] = (Fault.Hang, false),
        ["unreadable"] = (() => Fault.WrongJson(), false),
    };

    public ValueTask InitializeAsync() => StartAsync("All");

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory, MemberData(nameof(Failures))]
    public async Task A_waba_that_cannot_be_read_stops_no_other_and_is_a_finding_with_its_reason(string failure)
    {
        Break(failure);
        using var browser = await _host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe($"/dashboard?whatsapp={(Faults[failure].IsHidden ? "connected" : "incomplete")}");

        var number = (await _host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem();
        number.WabaId.ToString().ShouldBe(_healthy.Id);
        var shown = (await browser.StatusAsync()).GetProperty("phoneNumbers")[0];
        shown.GetProperty("connected").GetBoolean().ShouldBeTrue();
        var finding = shown.GetProperty("findings").EnumerateArray().ShouldHaveSingleItem();
        (finding.GetProperty("code").GetString(), finding.GetProperty("subject").GetString())
            .ShouldBe((Faults[failure].IsHidden ? "waba_hidden" : "waba_unread", _broken.Id));
        finding.GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
        finding.GetProperty("message").GetString()!.ShouldNotContain("{0}");
        (_healthy.IsAppSubscribed, _broken.IsAppSubscribed).ShouldBe((true, false));
    }

    [Theory, MemberData(nameof(Failures))]
    public async Task A_reconnect_renews_what_can_be_read_and_leaves_the_other_as_it_is(string failure)
    {
        await _host.ConnectAsync("acme");
        var before = (await _host.ReadAsync("acme")).Numbers.ToDictionary(number => number.WabaId.ToString());
        Break(failure);
        using var browser = await _host.OpenBrowserAsync("acme");

        await browser.ConnectAsync();

        var after = (await _host.ReadAsync("acme")).Numbers.ToDictionary(number => number.WabaId.ToString());
        after[_healthy.Id].Generation.ShouldNotBe(before[_healthy.Id].Generation);
        after[_broken.Id].ShouldBe(before[_broken.Id]);
        _broken.IsAppSubscribed.ShouldBeTrue();
        _host.Events.Account.ShouldNotContain(told => told.Kind == AccountEvent.Disconnected);

        // It ends when the WABA can be read again.
        _host.Meta.Faults.Clear();
        await _host.ConnectAsync("acme");
        (await _host.ReadAsync("acme")).Numbers.ShouldAllBe(number => number.IsHeld && number.Findings.Count == 0);
    }

    [Theory]
    [InlineData("""{"id":"../me"}""")]
    [InlineData("""{"verified_name":"No id"}""")]
    [InlineData("null")]
    public async Task A_number_that_cannot_be_read_stops_no_other_of_its_waba_and_is_not_taken_for_gone(string odd)
    {
        _broken.AddNumber("+1 631-555-0102", "Three");
        await _host.ConnectAsync("acme");
        ListOf(_broken, $$"""{"id":"{{_broken.Numbers[1].Id}}","display_phone_number":"+1 631-555-0102","status":"CONNECTED","platform_type":"CLOUD_API"},{{odd}}""");
        using var browser = await _host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe("/dashboard?whatsapp=incomplete");

        var account = await _host.ReadAsync("acme");
        account.Numbers.ShouldAllBe(number => number.IsHeld);
        var finding = account.Numbers.Single(number => number.PhoneNumberId.ToString() == _broken.Numbers[1].Id).Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Subject, finding.Reason).ShouldBe(("waba_unread", _broken.Id, "meta_unreadable"));
        _host.Events.Account.ShouldNotContain(told => told.Kind == AccountEvent.Disconnected);
    }

    [Theory]
    [InlineData("?expect=16315550101", "meta_unreadable")]
    [InlineData("?expect=16315550100", null)]
    public async Task A_list_that_is_cut_short_is_no_proof_that_the_expected_number_is_not_in_it(string expect, string? failure)
    {
        ListOf(_broken, """{"id":"106000000000777","display_phone_number":"+1 631-555-0777"},{"id":7.5}""");
        using var browser = await _host.OpenBrowserAsync("acme");

        var back = await _host.Meta.ApproveAsync(await browser.StartAsync(expect), null, TestContext.Current.CancellationToken);

        (await browser.ReturnAsync(back)).ShouldBe(failure is null ? "/dashboard?whatsapp=incomplete" : $"/onboarding/whatsapp?error={failure}");
    }

    [Fact]
    public async Task After_a_choice_it_is_still_said_that_a_list_was_cut_short()
    {
        await _host.DisposeAsync();
        await StartAsync("Ask");
        ListOf(_broken, $$"""{"id":"{{_broken.Numbers[0].Id}}","display_phone_number":"+1 631-555-0101"},{"id":""}""");
        using var browser = await _host.OpenBrowserAsync("acme");
        (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?whatsapp=choose");

        var chosen = await browser.PostAsync("/api/integrations/whatsapp/choose", new { attemptId = browser.Attempt, phoneNumberIds = new[] { _healthy.Numbers[0].Id } });

        (await ApiConnect.CodeOf(chosen)).ShouldBe("incomplete");
        (await _host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Findings.ShouldHaveSingleItem().Subject.ShouldBe(_broken.Id);
    }

    [Theory]
    [InlineData(GraphOperations.ListBusinesses)]
    [InlineData(GraphOperations.ListOwnedWabas)]
    public async Task A_portfolio_or_waba_that_cannot_be_read_in_its_list_stops_no_other_and_is_said(string operation)
    {
        await using var host = await TheHost.StartAsync(
            setup =>
            {
                foreach (var (scope, index) in Scopes.Select((scope, index) => (scope, index)))
                    setup[$"Scopes:{index}"] = scope;
            },
            new MetaEmulatorOptions { TokenKind = EmulatedTokenKind.User, NameTargets = false, Scopes = Scopes });
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        var id = operation == GraphOperations.ListBusinesses ? host.Meta.World.Businesses[0].Id : waba.Id;
        host.Meta.Faults.On(operation, Fault.WrongJson($$"""{"data":[{"id":"a/b"},{"id":"{{id}}"}]}"""), int.MaxValue);
        using var browser = await host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe("/dashboard?whatsapp=incomplete");

        var finding = (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Subject, finding.Reason).ShouldBe(("waba_unread", null, "meta_unreadable"));
    }

    [Fact]
    public async Task Where_nothing_can_be_listed_the_attempt_fails_with_the_reason()
    {
        _host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(400, 100, 33), int.MaxValue);
        using var browser = await _host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?error=meta_not_found");

        (await _host.ReadAsync("acme")).Reference.Version.ShouldBe(0);
        (_healthy.IsAppSubscribed, _broken.IsAppSubscribed).ShouldBe((false, false));
    }

    [Fact]
    public async Task An_empty_waba_beside_one_that_cannot_be_read_is_not_told_as_no_number()
    {
        _healthy.Numbers[0].Remove();
        Break("throttled");
        using var browser = await _host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?error=meta_throttled");
    }

    [Fact]
    public async Task What_the_person_chose_must_be_readable_and_what_they_did_not_choose_need_not()
    {
        await RestartAsync();
        Break("locked");

        (await PostAsync(_broken.Id)).ShouldBe("account_locked");
        (await _host.ReadAsync("acme")).Reference.Version.ShouldBe(0);

        (await PostAsync(_healthy.Id)).ShouldBe("connected");
        (await _host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("silent")]
    public async Task Of_several_that_were_chosen_one_stops_no_other_and_nothing_half_done_is_called_connected(string failure)
    {
        await RestartAsync();
        Break(failure);

        (await PostAsync(_healthy.Id, _broken.Id)).ShouldBe("incomplete");

        var finding = (await _host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Subject).ShouldBe(("waba_unread", _broken.Id));
    }

    [Fact]
    public async Task Without_names_what_meta_does_not_show_is_no_choice_and_what_is_unknown_may_have_been_it()
    {
        await RestartAsync();
        Break("deleted");
        using var browser = await _host.OpenBrowserAsync("acme");
        (await browser.ConnectAsync()).ShouldBe("/dashboard?whatsapp=connected");

        _host.Meta.Faults.Clear();
        Break("throttled");
        using var other = await _host.OpenBrowserAsync("birch");
        (await other.ConnectAsync()).ShouldBe("/onboarding/whatsapp?whatsapp=choose");
        (await other.PostAsync("/api/integrations/whatsapp/choose", new { attemptId = other.Attempt, phoneNumberIds = new[] { _healthy.Numbers[0].Id } })).EnsureSuccessStatusCode();
        (await _host.ReadAsync("birch")).Numbers.ShouldHaveSingleItem().Findings.ShouldHaveSingleItem().Code.ShouldBe("waba_unread");

        // Who has chosen the readable one before is not asked again for nothing.
        (await browser.ConnectAsync()).ShouldBe("/dashboard?whatsapp=incomplete");
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("no WABA at all")]
    [InlineData("refused")]
    [InlineData("locked")]
    public async Task After_a_choice_it_is_said_as_without_one_what_could_not_be_read(string failure)
    {
        await _host.DisposeAsync();
        await StartAsync("Ask");
        _healthy.AddNumber("+1 631-555-0102", "Three");
        Break(failure);
        using var browser = await _host.OpenBrowserAsync("acme");
        (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?whatsapp=choose");

        var chosen = await browser.PostAsync("/api/integrations/whatsapp/choose", new { attemptId = browser.Attempt, phoneNumberIds = new[] { _healthy.Numbers[0].Id } });

        (await ApiConnect.CodeOf(chosen)).ShouldBe(Faults[failure].IsHidden ? "connected" : "incomplete");
        var finding = (await _host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Subject).ShouldBe((Faults[failure].IsHidden ? "waba_hidden" : "waba_unread", _broken.Id));
    }

    [Theory]
    [InlineData(false, 1, null, "meta_unavailable")]
    [InlineData(true, 1, null, "meta_unavailable")]
    [InlineData(false, 415, 2859009, "two_factor_needed")]
    [InlineData(true, 100, 1404120, "two_factor_needed")]
    [InlineData(false, 131031, null, "account_locked")]
    public async Task A_portfolio_that_cannot_be_searched_stops_no_other(bool asks, int code, int? subcode, string reason)
    {
        await using var host = await TheHost.StartAsync(
            setup =>
            {
                setup["NumberChoice"] = asks ? "Ask" : "All";
                foreach (var (scope, index) in Scopes.Select((scope, index) => (scope, index)))
                    setup[$"Scopes:{index}"] = scope;
                setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
            },
            new MetaEmulatorOptions { TokenKind = EmulatedTokenKind.User, NameTargets = false, Scopes = Scopes });
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        if (asks)
            waba.AddNumber("+1 631-555-0102", "Three");
        var silent = host.Meta.World.AddBusiness("Silent");
        silent.AddWaba("Other").AddNumber("+1 631-555-0101", "Two");
        host.Meta.Faults.On(GraphOperations.ListOwnedWabas, Fault.Error(code == 1 ? 500 : 400, code, subcode), int.MaxValue, call => call.Path.Contains(silent.Id));
        using var browser = await host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe(asks ? "/onboarding/whatsapp?whatsapp=choose" : "/dashboard?whatsapp=incomplete");
        if (asks)
        {
            var chosen = await browser.PostAsync("/api/integrations/whatsapp/choose", new { attemptId = browser.Attempt, phoneNumberIds = new[] { waba.Numbers[0].Id } });
            (await ApiConnect.CodeOf(chosen)).ShouldBe("incomplete");
        }

        var finding = (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Findings.ShouldHaveSingleItem();
        (finding.Code, finding.Subject, finding.Reason).ShouldBe(("waba_unread", null, reason));
    }

    [Theory]
    [InlineData(500, 1, false, "meta_unavailable")]
    [InlineData(500, 1, true, "meta_unavailable")]
    [InlineData(400, 4, true, "meta_throttled")]
    public async Task What_could_not_be_searched_is_never_told_as_a_no(int status, int meta, bool expects, string code)
    {
        await using var host = await TheHost.StartAsync(
            setup =>
            {
                foreach (var (scope, index) in Scopes.Select((scope, index) => (scope, index)))
                    setup[$"Scopes:{index}"] = scope;
                setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
            },
            new MetaEmulatorOptions { TokenKind = EmulatedTokenKind.User, NameTargets = false, Scopes = Scopes });
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        if (expects)
            waba.AddNumber("+1 631-555-0100", "One");
        var silent = host.Meta.World.AddBusiness("Silent");
        silent.AddWaba("Other").AddNumber("+1 631-555-0101", "Two");
        host.Meta.Faults.On(GraphOperations.ListOwnedWabas, Fault.Error(status, meta), int.MaxValue, call => call.Path.Contains(silent.Id));
        using var browser = await host.OpenBrowserAsync("acme");

        var back = await host.Meta.ApproveAsync(await browser.StartAsync(expects ? "?expect=16315550101" : ""), null, TestContext.Current.CancellationToken);

        (await browser.ReturnAsync(back)).ShouldBe($"/onboarding/whatsapp?error={code}");
    }

    [Fact]
    public async Task That_a_grant_left_a_waba_out_is_said_until_it_is_dealt_with()
    {
        await _host.ConnectAsync("acme");
        await _host.ConnectAsync("acme", _healthy);
        (await CheckedAsync()).ShouldBeTrue();

        using var api = _host.OpenApi("acme");
        await api.PostAsync(new { phoneNumberId = _broken.Numbers[0].Id, step = "register" }, "/api/integrations/whatsapp/steps");
        (await CheckedAsync()).ShouldBeFalse();

        await _host.ConnectAsync("acme", _healthy);
        (await CheckedAsync()).ShouldBeTrue();
        await _host.ConnectAsync("acme", _broken);
        (await CheckedAsync()).ShouldBeFalse();

        await _host.ConnectAsync("acme", _healthy);
        await _host.DisconnectAsync("acme", new DisconnectScope { WabaId = WabaId.Parse(_broken.Id) });
        (await CheckedAsync()).ShouldBeFalse();

        async Task<bool> CheckedAsync() => (await _host.ReadAsync("acme")).Numbers
            .Single(number => number.WabaId.ToString() == _broken.Id).Findings.Any(finding => finding.Code == Finding.Check);
    }

    private async Task RestartAsync()
    {
        await _host.DisposeAsync();
        await StartAsync("Chosen");
    }

    private async ValueTask StartAsync(string choice)
    {
        _host = await TheHost.StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup["NumberChoice"] = choice;
            setup["GraphAttemptTimeout"] = "00:00:03";
            setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
        });
        var business = _host.Meta.World.AddBusiness("Lucky Shrub");
        (_healthy, _broken) = (business.AddWaba("Healthy"), business.AddWaba("Broken"));
        _healthy.AddNumber("+1 631-555-0100", "One");
        _broken.AddNumber("+1 631-555-0101", "Two");
    }

    private void Break(string failure)
    {
        foreach (var operation in (string[])[GraphOperations.ListPhoneNumbers, GraphOperations.SubscribeApp])
            _host.Meta.Faults.On(operation, Faults[failure].Make(), int.MaxValue, call => call.Path.Contains(_broken.Id));
    }

    private void ListOf(EmulatedWaba waba, string items) =>
        _host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.WrongJson($$"""{"data":[{{items}}]}"""), int.MaxValue, call => call.Path.Contains(waba.Id));

    private async Task<string> PostAsync(params string[] wabas)
    {
        using var api = _host.OpenApi("acme");
        return await ApiConnect.CodeOf(await api.PostAsync(new { code = _host.Meta.IssuePopupCode(), state = await api.StartPopupStateAsync(), wabaIds = wabas }));
    }
}
