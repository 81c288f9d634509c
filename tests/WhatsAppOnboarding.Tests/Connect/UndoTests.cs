using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.Tests.Connect;

/// <summary>What connects left at Meta, and nobody holds, is left by whoever comes next.</summary>
public sealed class UndoTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _clock = new();
    private readonly HostCopies _copies = new();
    private TheHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await TheHost.StartAsync(
        setup =>
        {
            PopupConnect.Configure(setup);
            setup["NumberChoice"] = "Ask";
            _copies.AddTo(setup);
            setup.Services.AddSingleton<TimeProvider>(_clock);
            setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);

            // The host's own clockwork would come first.
            setup.Library = builder => builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(Housekeeping)));
        },
        new MetaEmulatorOptions { TimeProvider = _clock });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task While_meta_does_not_answer_all_are_tried_at_once_and_each_only_once()
    {
        EmulatedWaba[] wabas = [AddWaba("One"), AddWaba("Two"), AddWaba("Three")];
        _copies.Fails = true;
        _host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Reset(), times: wabas.Length);
        foreach (var (waba, index) in wabas.Select((waba, index) => (waba, index)))
            (await ConnectAsync($"account-{index}", waba, waba.Numbers[0])).ShouldBe("save_failed");
        _clock.Advance(TimeSpan.FromMinutes(3));
        HeldCall[] held = [.. wabas.Select(_ => _host.Meta.Faults.Hold(GraphOperations.UnsubscribeApp))];

        var undoing = UndoAsync();
        foreach (var one in held)
            await one.Reached.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        // While they wait, their leases end: who took them does not begin again.
        _clock.Advance(TimeSpan.FromMinutes(4));
        _host.Meta.Calls.Clear();
        foreach (var one in held)
            one.Release();
        await undoing;
        _host.Meta.Calls.Of(GraphOperations.UnsubscribeApp).ShouldBeEmpty();

        _clock.Advance(TimeSpan.FromMinutes(4));
        await UndoAsync();
        wabas.ShouldAllBe(waba => !waba.IsAppSubscribed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_waba_that_a_choice_drops_is_left_by_upkeep_when_the_connect_could_not(bool dies)
    {
        var business = _host.Meta.World.AddBusiness("Lucky Shrub");
        var (first, second) = (business.AddWaba("First"), business.AddWaba("Second"));
        var (one, two) = (first.AddNumber("+1 631-555-0100", "One"), second.AddNumber("+1 631-555-0101", "Two"));
        (await ConnectAsync("acme", [first, second], one, two)).ShouldBe("connected");
        var earlier = (await NumberAsync(two)).Token;
        _host.Meta.Faults.On(GraphOperations.UnsubscribeApp, dies ? Fault.Reset() : Fault.Error(500, 2));

        (await ConnectAsync("acme", [first, second], one)).ShouldBe("connected");

        var dropped = await NumberAsync(two);
        (dropped.IsHeld, dropped.DisconnectReason, second.IsAppSubscribed).ShouldBe((false, "not_chosen", true));
        dropped.Token.ShouldNotBeNull().ShouldNotBe(earlier);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await _host.App.Services.GetRequiredService<AccountUpkeep>().RunAsync(TestContext.Current.CancellationToken);
        (first.IsAppSubscribed, second.IsAppSubscribed).ShouldBe((true, false));
        (await NumberAsync(two)).Token.ShouldBeNull();
    }

    [Fact]
    public async Task A_waba_that_a_choice_drops_and_the_connect_left_keeps_no_token()
    {
        var business = _host.Meta.World.AddBusiness("Lucky Shrub");
        var (first, second) = (business.AddWaba("First"), business.AddWaba("Second"));
        var (one, two) = (first.AddNumber("+1 631-555-0100", "One"), second.AddNumber("+1 631-555-0101", "Two"));
        (await ConnectAsync("acme", [first, second], one, two)).ShouldBe("connected");

        (await ConnectAsync("acme", [first, second], one)).ShouldBe("connected");

        second.IsAppSubscribed.ShouldBeFalse();
        var dropped = await NumberAsync(two);
        (dropped.Token, dropped.OpenSteps.Count).ShouldBe((null, 0));
    }

    [Fact]
    public async Task A_waba_that_an_attempt_did_not_begin_with_and_could_not_leave_is_left_with_its_token()
    {
        var (kept, other) = (AddWaba("Kept"), AddWaba("Other"));
        (await ConnectAsync("acme", [kept, other], kept.Numbers[0])).ShouldBe("connected");
        var store = _host.App.Services.GetRequiredService<InMemoryConnectAttemptStore>();
        var attempt = store.Of(AccountId.Parse("acme")).Single(one => one.Outcome is "connected");
        other.IsAppSubscribed = true;
        var token = AccessToken.Parse(_host.Meta.World.IssuedTokens[^1].Value);
        await store.EraseAsync(attempt.AccountId, TestContext.Current.CancellationToken);
        await store.ClaimAsync(
            attempt with
            {
                Steps = [new AttemptStep { Step = StepNames.Unsubscribe, Result = ErrorCodes.MetaUnavailable, WabaId = other.Id, EndedAt = attempt.ClaimedAt, Milliseconds = 0 }],
                UndoToken = await _host.UseAsync<WaitingGrants, SealedSecret>(grants => Task.FromResult(grants.SealUndo(token, attempt))),
                UndoAt = attempt.ClaimedAt,
            },
            TestContext.Current.CancellationToken);

        await UndoAsync();

        (kept.IsAppSubscribed, other.IsAppSubscribed).ShouldBe((true, false));
    }

    [Fact]
    public async Task However_many_attempts_died_one_turn_of_upkeep_ends_them_all()
    {
        (await ConnectAsync("acme", AddWaba("One"), null!)).ShouldBe("connected");
        var store = _host.App.Services.GetRequiredService<InMemoryConnectAttemptStore>();
        var dead = store.Of(AccountId.Parse("acme")).Single() with { Outcome = null, EndedAt = null, Steps = [], UndoAt = _clock.GetUtcNow() };
        for (var attempt = 0; attempt < 100; attempt++)
            await store.ClaimAsync(dead with { AccountId = AccountId.Parse($"dead-{attempt}"), Id = Guid.NewGuid(), StateHash = $"state-{attempt}", Generation = Guid.NewGuid() }, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromMinutes(4));

        await UndoAsync();

        Enumerable.Range(0, 100).ShouldAllBe(attempt => store.Of(AccountId.Parse($"dead-{attempt}")).Single().UndoAt == null);
    }

    private EmulatedWaba AddWaba(string name)
    {
        var waba = _host.Meta.World.AddBusiness(name).AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", name);
        return waba;
    }

    private Task<string> ConnectAsync(string account, EmulatedWaba waba, EmulatedNumber number) => ConnectAsync(account, [waba], number);

    /// <summary>By the popup, with a choice where there is one.</summary>
    private async Task<string> ConnectAsync(string account, EmulatedWaba[] wabas, params EmulatedNumber[] chosen)
    {
        using var api = _host.OpenApi(account);
        var ids = wabas.Select(waba => waba.Id).ToArray();
        var answer = await api.PostAsync(new { code = _host.Meta.IssuePopupCode(ids), state = await api.StartPopupStateAsync() });
        var asked = await Browser.JsonAsync(answer);
        if (asked.GetProperty("code").GetString() is not "choose")
            return asked.GetProperty("code").GetString()!;
        return await ApiConnect.CodeOf(await api.PostAsync(
            new { attemptId = asked.GetProperty("attemptId").GetGuid(), phoneNumberIds = chosen.Select(number => number.Id).ToArray(), disconnect = true },
            "/api/integrations/whatsapp/choose"));
    }

    private async Task<PhoneNumber> NumberAsync(EmulatedNumber number) => (await _host.ReadAsync("acme")).Find(PhoneNumberId.Parse(number.Id))!;

    private Task<bool> UndoAsync() => _host.UseAsync<AttemptUndo, bool>(async undo =>
    {
        await undo.RunAsync(TestContext.Current.CancellationToken);
        return true;
    });
}
