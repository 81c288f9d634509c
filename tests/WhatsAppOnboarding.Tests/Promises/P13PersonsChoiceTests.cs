using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

/// <summary>A token names both WABAs of the portfolio, whatever the person picked in Meta's window.</summary>
public sealed class P13PersonsChoiceTests : IAsyncLifetime
{
    private const string Choose = "/api/integrations/whatsapp/choose";

    private readonly ManualTimeProvider _clock = new();
    private TheHost _host = null!;
    private EmulatedWaba _first = null!;
    private EmulatedWaba _second = null!;

    private EmulatedNumber One => _first.Numbers[0];

    public ValueTask InitializeAsync() => StartAsync("Chosen");

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public void What_was_chosen_is_connected_unless_the_host_says_otherwise() => new WhatsAppOnboardingOptions().NumberChoice.ShouldBe(NumberChoice.Chosen);

    [Fact]
    public async Task What_the_window_named_is_connected_and_nothing_else_is_listed_subscribed_registered_or_shown()
    {
        var answer = await FinishAsync("acme", One.Id, _first.Id);

        (await ApiConnect.CodeOf(answer)).ShouldBe("connected");
        (await HeldAsync("acme")).ShouldBe([One.Id]);
        _second.IsAppSubscribed.ShouldBeFalse();
        _host.Meta.Calls.All.ShouldNotContain(call => call.Path.Contains(_second.Id) || _second.Numbers.Any(number => call.Path.Contains(number.Id)));
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain(_second.Numbers[0].Id);
    }

    [Fact]
    public async Task Of_a_waba_only_the_number_that_was_named_is_connected()
    {
        var (kept, picked) = (_second.Numbers[0], _second.Numbers[1]);

        await FinishAsync("acme", picked.Id, _second.Id);

        (await HeldAsync("acme")).ShouldBe([picked.Id]);
        _host.Meta.Calls.Of(GraphOperations.Register).ShouldAllBe(call => call.Path.Contains(picked.Id));
        _first.IsAppSubscribed.ShouldBeFalse();
        kept.TwoStepPin.ShouldBeNull();
    }

    [Fact]
    public async Task A_waba_that_was_named_without_a_number_is_connected_whole()
    {
        (await ApiConnect.CodeOf(await FinishAsync("acme", null, _second.Id))).ShouldBe("connected");

        (await HeldAsync("acme")).ShouldBe([.. _second.Numbers.Select(number => number.Id)], ignoreOrder: true);
        _first.IsAppSubscribed.ShouldBeFalse();
    }

    [Fact]
    public async Task A_number_that_was_named_without_its_waba_is_found_and_the_others_are_left_alone()
    {
        (await ApiConnect.CodeOf(await FinishAsync("acme", One.Id))).ShouldBe("connected");

        (await HeldAsync("acme")).ShouldBe([One.Id]);
        (_first.IsAppSubscribed, _second.IsAppSubscribed).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_message_of_one_brand_never_reaches_the_account_that_chose_the_other()
    {
        await FinishAsync("acme", One.Id, _first.Id);
        await FinishAsync("birch", _second.Numbers[0].Id, _second.Id);

        (await _host.Meta.Webhooks.ReceiveMessageAsync(One.Id, "+15550001", "Ann", "for acme", TestContext.Current.CancellationToken)).LastStatusCode.ShouldBe(200);
        await _host.Meta.Webhooks.ReceiveMessageAsync(_second.Numbers[0].Id, "+15550002", "Bea", "for birch", TestContext.Current.CancellationToken);

        _host.Events.TextsOf("acme").ShouldBe(["for acme"]);
        _host.Events.TextsOf("birch").ShouldBe(["for birch"]);
    }

    [Fact]
    public async Task What_a_later_window_leaves_out_stays_as_it_is_without_an_alarm()
    {
        await FinishAsync("acme", null, _second.Id);
        await FinishAsync("acme", One.Id, _first.Id);
        var before = await _host.ReadAsync("acme");

        await FinishAsync("acme", _second.Numbers[1].Id, _second.Id);

        var after = (await _host.ReadAsync("acme")).Numbers.ToDictionary(number => number.PhoneNumberId.ToString());
        foreach (var left in (string[])[One.Id, _second.Numbers[0].Id])
        {
            after[left].ShouldBe(before.Numbers.Single(number => number.PhoneNumberId.ToString() == left));
            after[left].Findings.ShouldBeEmpty();
        }

        after[_second.Numbers[1].Id].Generation.ShouldNotBe(before.Numbers.Single(number => number.PhoneNumberId.ToString() == _second.Numbers[1].Id).Generation);
        (_first.IsAppSubscribed, _second.IsAppSubscribed).ShouldBe((true, true));
    }

    [Fact]
    public async Task Without_names_one_waba_is_connected_whole_and_several_ask()
    {
        using var browser = await _host.OpenBrowserAsync("acme");
        (await browser.ConnectAsync(_second.Id)).ShouldBe("/dashboard?whatsapp=connected");
        (await HeldAsync("acme")).Length.ShouldBe(2);

        using var api = _host.OpenApi("birch");
        var asked = await Browser.JsonAsync(await FinishAsync("birch", null));
        asked.GetProperty("code").GetString().ShouldBe("choose");
        asked.GetProperty("choice").GetProperty("numbers").GetArrayLength().ShouldBe(3);
        (_first.IsAppSubscribed, (await HeldAsync("birch")).Length).ShouldBe((false, 0));

        await api.PostAsync(new { attemptId = asked.GetProperty("attemptId").GetGuid(), phoneNumberIds = new[] { One.Id } }, Choose);
        (await HeldAsync("birch")).ShouldBe([One.Id]);
    }

    [Fact]
    public async Task A_waba_without_numbers_is_no_choice()
    {
        var empty = _first.Owner.AddWaba("Empty");
        using var browser = await _host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync(_first.Id, empty.Id)).ShouldBe("/dashboard?whatsapp=connected");

        (_first.IsAppSubscribed, empty.IsAppSubscribed).ShouldBe((true, false));
    }

    [Fact]
    public async Task Where_every_connect_asks_what_the_window_named_is_marked()
    {
        await _host.DisposeAsync();
        await StartAsync("Ask");

        var asked = await Browser.JsonAsync(await FinishAsync("acme", One.Id, _first.Id));

        asked.GetProperty("choice").GetProperty("numbers").EnumerateArray()
            .ToDictionary(number => number.GetProperty("id").GetString()!, number => number.GetProperty("named").GetBoolean())
            .ShouldBe(new Dictionary<string, bool> { [One.Id] = true, [_second.Numbers[0].Id] = false, [_second.Numbers[1].Id] = false }, ignoreOrder: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_number_that_meta_does_not_list_yet_is_asked_for_again(int emptyListings)
    {
        _host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.WrongJson("""{"data":[]}"""), emptyListings);

        var answer = await _clock.SkipPausesAsync(FinishAsync("acme", One.Id, _first.Id), TimeSpan.FromSeconds(5));

        (await ApiConnect.CodeOf(answer)).ShouldBe("connected");
        (await HeldAsync("acme")).ShouldBe([One.Id]);
    }

    [Fact]
    public async Task A_number_that_never_shows_ends_after_some_seconds_in_words_that_blame_nobody()
    {
        _host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.WrongJson("""{"data":[]}"""), int.MaxValue);
        var before = _clock.GetUtcNow();

        var answer = await _clock.SkipPausesAsync(FinishAsync("acme", One.Id, _first.Id), TimeSpan.FromSeconds(5));

        (_clock.GetUtcNow() - before).ShouldBe(TimeSpan.FromSeconds(6));
        var json = await Browser.JsonAsync(answer);
        json.GetProperty("code").GetString().ShouldBe("ids_not_granted");
        json.GetProperty("message").GetString()!.ShouldNotContain("you granted");
        (_first.IsAppSubscribed, (await _host.ReadAsync("acme")).Reference.Version).ShouldBe((false, 0));
    }

    [Fact]
    public async Task The_emulators_window_can_give_a_wider_grant_than_was_picked()
    {
        await using var meta = await MetaEmulator.StartAsync(new MetaEmulatorOptions { WidenGrants = true }, TestContext.Current.CancellationToken);
        await using var host = await TheHost.StartAsync(setup => setup["NumberChoice"] = "Chosen", meta: meta);
        var business = meta.World.AddBusiness("Lucky Shrub");
        var (picked, other) = (business.AddWaba("Picked"), business.AddWaba("Other"));
        picked.AddNumber("+1 631-555-0100", "One");
        other.AddNumber("+1 631-555-0101", "Two");
        using var browser = await host.OpenBrowserAsync("acme");

        (await browser.ConnectAsync(picked.Id)).ShouldBe("/onboarding/whatsapp?whatsapp=choose");
        other.IsAppSubscribed.ShouldBeFalse();
    }

    private async ValueTask StartAsync(string choice)
    {
        _host = await TheHost.StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup["NumberChoice"] = choice;
            setup.Services.AddSingleton<TimeProvider>(_clock);
        });
        var business = _host.Meta.World.AddBusiness("Lucky Shrub");
        (_first, _second) = (business.AddWaba("Brand 1"), business.AddWaba("Brand 2"));
        _first.AddNumber("+1 631-555-0100", "One");
        _second.AddNumber("+1 631-555-0101", "Two", Unregistered);
        _second.AddNumber("+1 631-555-0102", "Three", Unregistered);
    }

    private static void Unregistered(EmulatedNumber number) => (number.Status, number.PlatformType) = ("PENDING", "NOT_APPLICABLE");

    /// <summary>The popup's end, whose token names everything: what the page posts.</summary>
    private async Task<HttpResponseMessage> FinishAsync(string account, string? number, params string[] wabas)
    {
        using var api = _host.OpenApi(account);
        var state = await api.StartPopupStateAsync();
        var answer = await api.PostAsync(new { code = _host.Meta.IssuePopupCode(), state, @event = "FINISH", wabaIds = wabas, phoneNumberId = number });
        await answer.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
        return answer;
    }

    private async Task<string[]> HeldAsync(string account) =>
        [.. (await _host.ReadAsync(account)).Numbers.Where(number => number.IsHeld).Select(number => number.PhoneNumberId.ToString())];
}
