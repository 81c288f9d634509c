using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Connect;

public sealed class ChoiceTests : IAsyncLifetime
{
    private const string Choose = "/api/integrations/whatsapp/choose";

    private readonly ManualTimeProvider _clock = new();
    private TheHost _host = null!;
    private EmulatedWaba _first = null!;
    private EmulatedWaba _second = null!;

    private EmulatedNumber One => _first.Numbers[0];

    private EmulatedNumber Two => _first.Numbers[1];

    private EmulatedNumber Three => _second.Numbers[0];

    public ValueTask InitializeAsync() => StartAsync(_clock);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task More_than_one_number_is_a_question_and_connects_nothing_yet()
    {
        using var api = _host.OpenApi("acme");

        var asked = await AskAsync(api);

        asked.GetProperty("code").GetString().ShouldBe("choose");
        asked.GetProperty("phoneCount").GetInt32().ShouldBe(0);
        var numbers = asked.GetProperty("choice").GetProperty("numbers").EnumerateArray().ToArray();
        numbers.Select(number => number.GetProperty("id").GetString()).ShouldBe([Three.Id, One.Id, Two.Id], ignoreOrder: true);
        numbers.ShouldAllBe(number => !number.GetProperty("held").GetBoolean() && number.GetProperty("name").GetString() != null);
        (await _host.ReadAsync("acme")).Numbers.ShouldBeEmpty();
        _host.Meta.Calls.Of(GraphOperations.SubscribeApp).ShouldBeEmpty();
        var attempt = await api.AttemptAsync(asked.GetProperty("attemptId").GetGuid());
        attempt.GetProperty("choice").GetProperty("numbers").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task The_numbers_named_are_connected_and_only_their_wabas_are_subscribed()
    {
        using var api = _host.OpenApi("acme");
        var attempt = (await AskAsync(api)).GetProperty("attemptId").GetGuid();
        var listedAt = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromMinutes(20));

        var answer = await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { Two.Id } }, Choose);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Browser.JsonAsync(answer)).GetProperty("phones").EnumerateArray().Single().GetProperty("id").GetString().ShouldBe(Two.Id);
        var number = (await _host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem();
        number.PhoneNumberId.ToString().ShouldBe(Two.Id);
        (number.Evidence.ListedAt, number.Evidence.SubscribedAt, number.ConnectedAt).ShouldBe((listedAt, _clock.GetUtcNow(), _clock.GetUtcNow()));
        (_first.IsAppSubscribed, _second.IsAppSubscribed).ShouldBe((true, false));
        _host.Meta.Calls.Of(GraphOperations.UnsubscribeApp).ShouldBeEmpty();
        Stored().ShouldAllBe(stored => stored.WaitingGrant == null);
    }

    [Fact]
    public async Task The_same_choice_again_gives_the_same_answer_and_another_one_is_too_late()
    {
        // Requests that wait for the first one need a clock that goes by itself.
        await _host.DisposeAsync();
        await StartAsync(TimeProvider.System);
        using var api = _host.OpenApi("acme");
        var attempt = (await AskAsync(api)).GetProperty("attemptId").GetGuid();
        var body = new { attemptId = attempt, phoneNumberIds = new[] { One.Id, Three.Id } };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => api.PostAsync(body, Choose)));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)))).Distinct().ShouldHaveSingleItem();
        (await ApiConnect.CodeOf(await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { Two.Id } }, Choose))).ShouldBe("choice_over");
        (await _host.ReadAsync("acme")).Numbers.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Connecting_again_adds_and_removes_numbers_and_leaves_the_rest_alone()
    {
        using var api = _host.OpenApi("acme");
        await ChooseAsync(api, One, Three);
        _host.Events.Account.Clear();
        var again = await AskAsync(api, _first);
        again.GetProperty("choice").GetProperty("numbers").EnumerateArray()
            .Where(number => number.GetProperty("held").GetBoolean()).Select(number => number.GetProperty("id").GetString()).ShouldBe([One.Id]);

        await api.PostAsync(new { attemptId = again.GetProperty("attemptId").GetGuid(), phoneNumberIds = new[] { Two.Id }, disconnect = true }, Choose);

        var numbers = (await _host.ReadAsync("acme")).Numbers.ToDictionary(number => number.PhoneNumberId.ToString());
        (numbers[One.Id].State, numbers[One.Id].DisconnectReason, numbers[One.Id].Token).ShouldBe((NumberState.Inactive, "not_chosen", null));
        numbers[Two.Id].IsHeld.ShouldBeTrue();
        numbers[Three.Id].IsHeld.ShouldBeTrue();
        (_first.IsAppSubscribed, _second.IsAppSubscribed).ShouldBe((true, true));
        _host.Events.Account.Where(told => told.Kind is AccountEvent.Disconnected).ShouldHaveSingleItem().Reason.ShouldBe("not_chosen");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_choice_that_leaves_out_a_connected_number_is_asked_about_and_can_be_made_again(bool others)
    {
        using var api = _host.OpenApi("acme");
        await ChooseAsync(api, One, Three);
        var attempt = (await AskAsync(api)).GetProperty("attemptId").GetGuid();
        string[] chosen = others ? [Two.Id] : [One.Id];

        var refused = await api.PostAsync(new { attemptId = attempt, phoneNumberIds = chosen }, Choose);

        (refused.StatusCode, await ApiConnect.CodeOf(refused)).ShouldBe((HttpStatusCode.Conflict, "choice_disconnects"));
        (await Browser.JsonAsync(refused)).GetProperty("attemptId").GetGuid().ShouldBe(attempt);
        (await _host.ReadAsync("acme")).Numbers.Count(number => number.IsHeld).ShouldBe(2);
        (await ApiConnect.CodeOf(await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { One.Id, Three.Id } }, Choose))).ShouldBe("connected");
    }

    [Fact]
    public async Task A_form_chooses_without_script_and_leads_on()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        await browser.ConnectAsync();
        var attempt = browser.Attempt.ToString()!;

        (await browser.ChooseByFormAsync(("attemptId", attempt))).ShouldBe($"/onboarding/whatsapp?whatsapp=choose&attempt={attempt}", "nothing was ticked");
        (await browser.ChooseByFormAsync(("attemptId", "x"))).ShouldBe("/onboarding/whatsapp?error=bad_request");
        (await browser.ChooseByFormAsync(("attemptId", attempt), ("phoneNumberIds", "1"))).ShouldStartWith("/onboarding/whatsapp?error=ids_not_granted");
        (await browser.ChooseByFormAsync(("attemptId", attempt), ("phoneNumberIds", One.Id), ("phoneNumberIds", Three.Id))).ShouldStartWith("/dashboard?whatsapp=connected&attempt=");

        await browser.ConnectAsync();
        attempt = browser.Attempt.ToString()!;
        (await browser.ChooseByFormAsync(("attemptId", attempt), ("phoneNumberIds", One.Id))).ShouldBe($"/onboarding/whatsapp?error=choice_disconnects&attempt={attempt}");
        (await browser.ChooseByFormAsync(("attemptId", attempt), ("phoneNumberIds", One.Id), ("disconnect", "true"))).ShouldStartWith("/dashboard?whatsapp=connected&attempt=");
        (await _host.ReadAsync("acme")).Numbers.Where(number => number.IsHeld).Select(number => number.PhoneNumberId.ToString()).ShouldBe([One.Id]);
    }

    [Fact]
    public async Task A_form_of_somebody_signed_out_or_of_another_site_chooses_nothing()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        await browser.ConnectAsync();
        var form = new[] { ("attemptId", browser.Attempt.ToString()!), ("phoneNumberIds", One.Id) };
        using var stranger = await _host.OpenBrowserAsync(null);

        (await stranger.ChooseByFormAsync(form)).ShouldBe($"/onboarding/whatsapp?error=signed_out&attempt={browser.Attempt}");
        (await browser.ChooseByFormFromAsync("cross-site", form)).ShouldBe("403");

        (await _host.ReadAsync("acme")).Numbers.ShouldBeEmpty();
        (await browser.ChooseByFormAsync(("attemptId", browser.Attempt.ToString()!), ("cancel", "true"))).ShouldStartWith("/onboarding/whatsapp?error=given_up&attempt=");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_choice_without_the_expected_number_is_refused_and_can_be_made_again(bool byId)
    {
        using var api = _host.OpenApi("acme");
        var start = await api.StartPopupAsync($"&expect={(byId ? Two.Id : "16315550101")}");
        var asked = await Browser.JsonAsync(await api.PostAsync(new { state = start.GetProperty("state").GetString(), code = _host.Meta.IssuePopupCode() }));
        var attempt = asked.GetProperty("attemptId").GetGuid();

        var refused = await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { One.Id, Three.Id } }, Choose);

        (refused.StatusCode, await ApiConnect.CodeOf(refused)).ShouldBe((HttpStatusCode.UnprocessableEntity, "number_unexpected"));
        (await _host.ReadAsync("acme")).Numbers.ShouldBeEmpty();
        _host.Meta.Calls.Of(GraphOperations.SubscribeApp).ShouldBeEmpty();
        (await ApiConnect.CodeOf(await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { Two.Id, Three.Id } }, Choose))).ShouldBe("connected");
    }

    [Fact]
    public async Task A_choice_that_waits_is_found_in_the_list_of_attempts()
    {
        using var api = _host.OpenApi("acme");
        var attempt = (await AskAsync(api)).GetProperty("attemptId").GetGuid();
        var listed = await ListAsync();
        listed.Single().Choice.ShouldNotBeNull().Numbers.Count.ShouldBe(3);

        await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { One.Id } }, Choose);

        (await ListAsync()).ShouldAllBe(view => view.Choice == null);

        Task<IReadOnlyList<AttemptView>> ListAsync() => _host.UseAsync<IWhatsAppAccounts, IReadOnlyList<AttemptView>>(accounts => accounts.ListAttemptsAsync(AccountId.Parse("acme")));
    }

    [Fact]
    public async Task A_waba_of_which_nothing_is_wanted_any_more_is_left()
    {
        using var api = _host.OpenApi("acme");
        await ChooseAsync(api, One, Three);

        await ChooseAsync(api, One);

        (_first.IsAppSubscribed, _second.IsAppSubscribed).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_choice_says_nothing_of_numbers_that_were_connected_after_the_question()
    {
        using var api = _host.OpenApi("acme");
        var early = (await AskAsync(api, _first)).GetProperty("attemptId").GetGuid();
        _clock.Advance(TimeSpan.FromMinutes(1));
        var four = _first.AddNumber("+1 631-555-0103", "Four");
        await ChooseAsync(api, Two, four);

        await api.PostAsync(new { attemptId = early, phoneNumberIds = new[] { One.Id } }, Choose);

        (await _host.ReadAsync("acme")).Numbers.Where(number => number.IsHeld).Select(number => number.PhoneNumberId.ToString())
            .ShouldBe([One.Id, Two.Id, four.Id], ignoreOrder: true);
    }

    [Fact]
    public async Task A_waba_that_is_still_to_be_left_is_not_forgotten_by_a_choice_without_it()
    {
        using var api = _host.OpenApi("acme");
        await ChooseAsync(api, One, Three);
        _host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Error(403, 200));
        (await _host.DisconnectAsync("acme", new DisconnectScope { WabaId = WabaId.Parse(_second.Id) })).Open.Count.ShouldBe(1);

        await ChooseAsync(api, One);
        await _host.DisconnectAsync("acme", new DisconnectScope { WabaId = WabaId.Parse(_second.Id) });

        (_first.IsAppSubscribed, _second.IsAppSubscribed).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_choice_that_comes_before_the_question_uses_nothing_up()
    {
        using var api = _host.OpenApi("acme");
        var start = await api.StartPopupAsync();
        var attempt = start.GetProperty("attemptId").GetGuid();
        var listing = _host.Meta.Faults.Hold(GraphOperations.ListPhoneNumbers);
        var asking = api.PostAsync(new { state = start.GetProperty("state").GetString(), code = _host.Meta.IssuePopupCode() });
        await listing.Reached;
        var body = new { attemptId = attempt, phoneNumberIds = new[] { One.Id } };

        (await ApiConnect.CodeOf(await api.PostAsync(body, Choose))).ShouldBe("choice_over");
        listing.Release();
        (await ApiConnect.CodeOf(await asking)).ShouldBe("choose");

        (await ApiConnect.CodeOf(await api.PostAsync(body, Choose))).ShouldBe("connected");
    }

    [Fact]
    public async Task A_single_number_is_no_question()
    {
        using var api = _host.OpenApi("acme");
        var state = await api.StartPopupStateAsync();

        var answer = await api.PostAsync(new { state, code = _host.Meta.IssuePopupCode([_second.Id]) });

        (await ApiConnect.CodeOf(answer)).ShouldBe("connected");
        _second.IsAppSubscribed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_cancel_wipes_the_grant()
    {
        using var api = _host.OpenApi("acme");
        var attempt = (await AskAsync(api)).GetProperty("attemptId").GetGuid();
        Stored().Single().WaitingGrant.ShouldNotBeNull();

        (await ApiConnect.CodeOf(await api.PostAsync(new { attemptId = attempt, cancel = true }, Choose))).ShouldBe("given_up");

        Stored().ShouldAllBe(stored => stored.WaitingGrant == null);
        (await ApiConnect.CodeOf(await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { One.Id } }, Choose))).ShouldBe("choice_over");
    }

    [Fact]
    public async Task After_its_time_nothing_can_be_chosen()
    {
        using var api = _host.OpenApi("acme");
        var attempt = (await AskAsync(api)).GetProperty("attemptId").GetGuid();

        _clock.Advance(TimeSpan.FromMinutes(25));

        (await api.AttemptAsync(attempt)).GetProperty("choice").ValueKind.ShouldBe(JsonValueKind.Null);
        (await ApiConnect.CodeOf(await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { One.Id } }, Choose))).ShouldBe("choice_over");
        (await _host.ReadAsync("acme")).Numbers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_grant_that_nobody_chooses_from_is_wiped_by_itself_within_half_an_hour()
    {
        using var api = _host.OpenApi("acme");
        await AskAsync(api);

        for (var minute = 0; minute < 30; minute++)
            _clock.Advance(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(() => Stored().Single().WaitingGrant is null, "the grant is wiped");

        Stored().Single().Outcome.ShouldBe("choose");
    }

    [Fact]
    public async Task Another_account_can_neither_see_nor_make_nor_use_up_the_choice()
    {
        using var api = _host.OpenApi("acme");
        using var other = _host.OpenApi("mallory");
        var attempt = (await AskAsync(api)).GetProperty("attemptId").GetGuid();

        (await ApiConnect.CodeOf(await other.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { One.Id } }, Choose))).ShouldBe("attempt_unknown");
        (await ApiConnect.CodeOf(await other.PostAsync(new { attemptId = attempt, cancel = true }, Choose))).ShouldBe("attempt_unknown");
        (await other.AttemptAsync(attempt)).GetProperty("code").GetString().ShouldBe("attempt_unknown");

        (await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { One.Id } }, Choose)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{ }""")]
    [InlineData("""{ "phoneNumberIds": [] }""")]
    [InlineData("""{ "phoneNumberIds": ["x"] }""")]
    [InlineData("""{ "phoneNumberIds": [null] }""")]
    [InlineData("""{ "phoneNumberIds": ["1"], "cancel": true }""")]
    [InlineData("""{ "phoneNumberIds": ["1"], "all": true }""")]
    public async Task A_choice_that_makes_no_sense_is_refused_and_can_be_made_again(string body)
    {
        using var api = _host.OpenApi("acme");
        var attempt = (await AskAsync(api)).GetProperty("attemptId").GetGuid();
        var json = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(body)!;
        json["attemptId"] = JsonSerializer.SerializeToElement(attempt);

        (await ApiConnect.CodeOf(await api.PostAsync(json, Choose))).ShouldBe("bad_request");

        (await ApiConnect.CodeOf(await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { "1" } }, Choose))).ShouldBe("ids_not_granted");
        (await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { One.Id } }, Choose)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_account_that_was_erased_has_nothing_to_choose()
    {
        using var api = _host.OpenApi("acme");
        var attempt = (await AskAsync(api)).GetProperty("attemptId").GetGuid();

        await _host.UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.EraseAsync(AccountId.Parse("acme")));

        (await ApiConnect.CodeOf(await api.PostAsync(new { attemptId = attempt, phoneNumberIds = new[] { One.Id } }, Choose))).ShouldBe("attempt_unknown");
    }

    [Fact]
    public async Task The_browsers_way_leads_to_the_page_with_the_question()
    {
        using var browser = await _host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?whatsapp=choose");

        var asked = await Browser.JsonAsync(await browser.GetAsync($"/api/integrations/whatsapp/attempts/{browser.Attempt}"));
        asked.GetProperty("outcome").GetString().ShouldBe("choose");
        (await browser.PostAsync(Choose, new { attemptId = browser.Attempt, phoneNumberIds = new[] { One.Id } })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async ValueTask StartAsync(TimeProvider clock)
    {
        _host = await TheHost.StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup["NumberChoice"] = "Ask";
            setup.Services.AddSingleton(clock);
        });
        var business = _host.Meta.World.AddBusiness("Lucky Shrub");
        (_first, _second) = (business.AddWaba("Main"), business.AddWaba("Second"));
        _first.AddNumber("+1 631-555-0100", "One");
        _first.AddNumber("+1 631-555-0101", "Two");
        _second.AddNumber("+1 631-555-0102", "Three");
    }

    private async Task<JsonElement> AskAsync(HttpClient api, params EmulatedWaba[] granted)
    {
        var state = await api.StartPopupStateAsync();
        var answer = await api.PostAsync(new { state, code = _host.Meta.IssuePopupCode(granted.Length == 0 ? null : granted.Select(waba => waba.Id)) });
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await Browser.JsonAsync(answer);
    }

    private async Task ChooseAsync(HttpClient api, params EmulatedNumber[] numbers)
    {
        var attempt = (await AskAsync(api)).GetProperty("attemptId").GetGuid();
        (await api.PostAsync(new { attemptId = attempt, phoneNumberIds = numbers.Select(number => number.Id), disconnect = true }, Choose)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private ConnectAttempt[] Stored() => _host.App.Services.GetRequiredService<InMemoryConnectAttemptStore>().Of(AccountId.Parse("acme"));
}
