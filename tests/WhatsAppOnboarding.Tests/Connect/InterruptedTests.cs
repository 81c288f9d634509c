using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Connect;

/// <summary>Attempts that somebody breaks off, or that only seem to be: what is told and what is saved always agree.</summary>
public sealed class InterruptedTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task An_attempt_that_was_called_interrupted_saves_nothing_later()
    {
        await using var host = await StartAsync();
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);
        var listing = host.Meta.Faults.Hold(GraphOperations.ListPhoneNumbers, afterEffect: true);
        var first = api.FinishAsync(code, state);
        await listing.Reached;
        var claim = (await AttemptsAsync(host)).Single();
        await host.UseAsync<AttemptRecords, ConnectAttempt>(store => store.UpdateAsync(claim with { Outcome = "interrupted" }));

        listing.Release();

        (await ApiConnect.CodeOf(await first)).ShouldBe("interrupted");
        (await host.ReadAsync("acme")).Reference.Version.ShouldBe(0);
        host.Meta.World.Businesses[0].Wabas[0].IsAppSubscribed.ShouldBeFalse();
    }

    [Fact]
    public async Task Who_comes_when_a_node_is_long_dead_is_told_at_once_and_not_before()
    {
        await using var host = await StartAsync();
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);
        (await api.FinishAsync(code, state)).EnsureSuccessStatusCode();
        var done = (await AttemptsAsync(host)).Single();
        await ReplaceAsync(host, done with { Outcome = null, Generation = Guid.NewGuid() });

        _clock.Advance(TimeSpan.FromSeconds(178));
        var waiting = api.FinishAsync(code, state);
        await _clock.UntilPausedAsync(waiting, TimeSpan.FromSeconds(1));
        waiting.IsCompleted.ShouldBeFalse();

        (await ApiConnect.CodeOf(await _clock.SkipPausesAsync(waiting, TimeSpan.FromSeconds(1)))).ShouldBe("interrupted");
    }

    [Fact]
    public async Task Who_waits_for_a_dead_node_whose_clock_was_ahead_is_told_after_a_minute_too()
    {
        await using var host = await StartAsync();
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);
        (await api.FinishAsync(code, state)).EnsureSuccessStatusCode();
        var done = (await AttemptsAsync(host)).Single();
        await ReplaceAsync(host, done with { Outcome = null, Generation = Guid.NewGuid(), ClaimedAt = _clock.GetUtcNow().AddMinutes(2) });

        var began = _clock.GetUtcNow();
        (await ApiConnect.CodeOf(await _clock.SkipPausesAsync(api.FinishAsync(code, state), TimeSpan.FromSeconds(10)))).ShouldBe("interrupted");
        (_clock.GetUtcNow() - began).ShouldBeLessThan(TimeSpan.FromSeconds(75));
    }

    [Fact]
    public async Task An_attempt_whose_end_was_never_recorded_but_whose_numbers_are_there_is_connected()
    {
        await using var host = await StartAsync();
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);
        (await api.FinishAsync(code, state)).EnsureSuccessStatusCode();
        await ReplaceAsync(host, (await AttemptsAsync(host)).Single() with { Outcome = null });
        _clock.Advance(TimeSpan.FromSeconds(181));

        (await ApiConnect.CodeOf(await api.FinishAsync(code, state))).ShouldBe("connected");
    }

    [Fact]
    public async Task Who_looks_at_the_attempt_of_a_dead_node_is_told_its_end_too()
    {
        await using var host = await StartAsync();
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);
        (await api.FinishAsync(code, state)).EnsureSuccessStatusCode();
        var done = (await AttemptsAsync(host)).Single();
        await ReplaceAsync(host, done with { Outcome = null, EndedAt = null, Generation = Guid.NewGuid() });

        _clock.Advance(TimeSpan.FromSeconds(179));
        (await api.AttemptAsync(done.Id)).GetProperty("outcome").ValueKind.ShouldBe(JsonValueKind.Null);
        _clock.Advance(TimeSpan.FromSeconds(2));

        (await api.AttemptAsync(done.Id)).GetProperty("outcome").GetString().ShouldBe("interrupted");
        (await ApiConnect.CodeOf(await api.FinishAsync(code, state))).ShouldBe("interrupted");
    }

    [Fact]
    public async Task An_older_listing_says_nothing_of_numbers_that_were_connected_since()
    {
        await using var host = await StartAsync();
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);
        var listing = host.Meta.Faults.Hold(GraphOperations.ListPhoneNumbers, afterEffect: true);
        var older = api.FinishAsync(code, state);
        await listing.Reached;
        _clock.Advance(TimeSpan.FromSeconds(1));
        host.Meta.World.Businesses[0].Wabas[0].AddNumber("+1 631-555-0101", "Two");
        await host.ConnectAsync("acme");

        _clock.Advance(TimeSpan.FromSeconds(1));
        listing.Release();

        (await ApiConnect.CodeOf(await older)).ShouldBe("connected");
        (await host.ReadAsync("acme")).Numbers.Count(number => number.IsHeld).ShouldBe(2);
    }

    [Fact]
    public async Task Meta_that_keeps_silent_ends_the_attempt_after_half_a_minute()
    {
        await using var host = await StartAsync();
        host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Hang(), int.MaxValue);
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);
        var finishing = api.FinishAsync(code, state);
        await Eventually.TrueAsync(() => host.Meta.Calls.Of(GraphOperations.ListPhoneNumbers).Count > 0, "Meta is asked for the numbers");

        _clock.Advance(TimeSpan.FromSeconds(31));

        (await ApiConnect.CodeOf(await finishing)).ShouldBe("meta_timeout");
    }

    [Fact]
    public async Task An_account_that_is_erased_while_it_connects_stays_erased()
    {
        await using var host = await StartAsync();
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);
        var listing = host.Meta.Faults.Hold(GraphOperations.ListPhoneNumbers, afterEffect: true);
        var connecting = api.FinishAsync(code, state);
        await listing.Reached;

        await host.UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.EraseAsync(AccountId.Parse("acme")));
        listing.Release();

        (await ApiConnect.CodeOf(await connecting)).ShouldBe("interrupted");
        (await host.ReadAsync("acme")).Reference.Version.ShouldBe(0);
        host.Meta.World.Businesses[0].Wabas[0].IsAppSubscribed.ShouldBeFalse();
    }

    [Fact]
    public async Task An_account_that_is_erased_while_its_numbers_are_saved_stays_erased()
    {
        var copies = new ErasingCopies();
        await using var host = await StartAsync(setup => setup.Services.AddSingleton<IAccountWabaReferenceSync>(copies));
        copies.Attempts = host.App.Services.GetRequiredService<InMemoryConnectAttemptStore>();
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);

        (await ApiConnect.CodeOf(await api.FinishAsync(code, state))).ShouldBe("interrupted");

        (await host.ReadAsync("acme")).Reference.Version.ShouldBe(0);
        host.Meta.World.Businesses[0].Wabas[0].IsAppSubscribed.ShouldBeFalse();
    }

    [Fact]
    public async Task Progress_that_cannot_be_written_changes_nothing()
    {
        await using var host = await StartAsync(setup => setup.Services.AddScoped<IConnectAttemptStore>(
            provider => new ForgetfulStore(provider.GetRequiredService<InMemoryConnectAttemptStore>(), keepsIntents: true)));
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);

        (await ApiConnect.CodeOf(await api.FinishAsync(code, state))).ShouldBe("connected");

        (await AttemptsAsync(host)).Single().Steps.ShouldNotBeEmpty();
        host.Logs.Lines.ShouldContain(line => line.EventId == 1314);
    }

    [Fact]
    public async Task Meta_is_not_asked_to_subscribe_what_could_not_be_written_down_before()
    {
        await using var host = await StartAsync(setup => setup.Services.AddScoped<IConnectAttemptStore>(
            provider => new ForgetfulStore(provider.GetRequiredService<InMemoryConnectAttemptStore>(), keepsIntents: false)));
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);

        (await ApiConnect.CodeOf(await api.FinishAsync(code, state))).ShouldBe("incomplete");

        host.Meta.Calls.Of(GraphOperations.SubscribeApp).ShouldBeEmpty();
        var open = (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().OpenSteps.ShouldHaveSingleItem();
        (open.Step, open.Code).ShouldBe(("subscribe", "service_unavailable"));
        using var browser = await host.OpenBrowserAsync("acme");
        (await browser.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_save_that_took_longer_than_a_minute_stands_when_nobody_was_told_otherwise()
    {
        var late = new LateCopies(() => _clock.Advance(TimeSpan.FromSeconds(60)));
        await using var host = await StartAsync(setup => setup.Services.AddSingleton<IAccountWabaReferenceSync>(late));
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);

        (await ApiConnect.CodeOf(await api.FinishAsync(code, state))).ShouldBe("connected");

        (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().IsHeld.ShouldBeTrue();
        (await AttemptsAsync(host)).Single().Outcome.ShouldBe("connected");
        (await host.UseAsync<IWhatsAppAccounts, OnboardingStatus>(accounts => accounts.GetStatusAsync(AccountId.Parse("acme")))).Connected.ShouldBeTrue();
    }

    [Theory]
    [InlineData("interrupted", false)]
    [InlineData("connected", true)]
    public async Task What_somebody_was_told_while_the_numbers_were_saved_becomes_true(string told, bool held)
    {
        TheHost? host = null;
        var late = new LateCopies(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(60));
            var store = host!.App.Services.GetRequiredService<InMemoryConnectAttemptStore>();
            var running = store.Of(AccountId.Parse("acme")).Single();
            store.UpdateAsync(running with { Outcome = told, EndedAt = _clock.GetUtcNow(), PhoneCount = held ? 1 : 0 }, CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
        });
        host = await StartAsync(setup => setup.Services.AddSingleton<IAccountWabaReferenceSync>(late));
        await using var disposed = host;
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);

        (await ApiConnect.CodeOf(await api.FinishAsync(code, state))).ShouldBe(told);

        (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().IsHeld.ShouldBe(held);
        host.Meta.World.Businesses[0].Wabas[0].IsAppSubscribed.ShouldBe(held);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task A_subscription_that_a_dead_attempt_began_is_taken_back_by_the_next_connect_unless_somebody_needs_it(bool needed, bool looked)
    {
        await using var host = await StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup["NumberChoice"] = "Chosen";
        });
        var (chosen, left) = (host.Meta.World.Businesses[0].Wabas[0], host.Meta.World.Businesses[0].AddWaba("Left"));
        left.AddNumber("+1 631-555-0101", "Two");
        await host.ConnectAsync("birch", left);
        if (!needed)
            await host.UseAsync<NumberAuthority, bool>(async store =>
            {
                await store.EraseAsync(AccountId.Parse("birch"));
                return true;
            });
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host, chosen.Id);
        (await api.FinishAsync(code, state)).EnsureSuccessStatusCode();
        var dead = (await AttemptsAsync(host)).Single() with { Outcome = null, EndedAt = null, Generation = Guid.NewGuid() };
        await ReplaceAsync(host, dead with { Steps = [new AttemptStep { Step = "subscribe", Result = "begun", WabaId = left.Id, EndedAt = dead.ClaimedAt, Milliseconds = 0 }] });
        _clock.Advance(TimeSpan.FromMinutes(4));
        if (looked)
            (await api.AttemptAsync(dead.Id)).GetProperty("outcome").GetString().ShouldBe("interrupted");
        host.Logs.Lines.Count(line => line.EventId == 1324 && line.Text.Contains(left.Id)).ShouldBe(looked ? 1 : 0);

        foreach (var _ in Enumerable.Range(0, 2))
            (await ApiConnect.CodeOf(await api.PostAsync(new { state = await api.StartPopupStateAsync(), code = host.Meta.IssuePopupCode(), wabaIds = new[] { chosen.Id } }))).ShouldBe("connected");

        left.IsAppSubscribed.ShouldBe(needed);
        host.Meta.Calls.Of(GraphOperations.UnsubscribeApp).Count.ShouldBe(needed ? 0 : 1);
    }

    [Fact]
    public async Task What_a_dead_attempt_began_is_undone_before_its_account_is_erased()
    {
        await using var host = await StartAsync();
        var waba = host.Meta.World.Businesses[0].Wabas[0];
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);
        (await api.FinishAsync(code, state)).EnsureSuccessStatusCode();
        await host.App.Services.GetRequiredService<NumberAuthority>().EraseAsync(AccountId.Parse("acme"), TestContext.Current.CancellationToken);
        var dead = (await AttemptsAsync(host)).Single() with { Outcome = null, EndedAt = null };
        var token = AccessToken.Parse(host.Meta.World.IssuedTokens[^1].Value);
        var kept = await host.UseAsync<WaitingGrants, SealedSecret>(grants => Task.FromResult(grants.SealUndo(token, dead)));
        await ReplaceAsync(host, dead with
        {
            Steps = [new AttemptStep { Step = "subscribe", Result = "begun", WabaId = waba.Id, EndedAt = dead.ClaimedAt, Milliseconds = 0 }],
            UndoToken = kept,
            UndoAt = dead.ClaimedAt.AddMinutes(3),
        });
        waba.IsAppSubscribed.ShouldBeTrue();

        await host.UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.EraseAsync(AccountId.Parse("acme")));

        waba.IsAppSubscribed.ShouldBeFalse();
        (await AttemptsAsync(host)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_number_that_a_node_connected_whose_clock_is_behind_is_not_taken_for_gone_by_an_older_listing()
    {
        await using var host = await StartAsync();
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);
        var listing = host.Meta.Faults.Hold(GraphOperations.ListPhoneNumbers, afterEffect: true);
        var older = api.FinishAsync(code, state);
        await listing.Reached;
        host.Meta.World.Businesses[0].Wabas[0].AddNumber("+1 631-555-0101", "Two");
        await host.ConnectAsync("acme");
        await host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(
            AccountId.Parse("acme"), account => [.. account.Numbers.Select(number => number with { ConnectedAt = _clock.GetUtcNow().AddMinutes(-2) })]));

        listing.Release();

        (await ApiConnect.CodeOf(await older)).ShouldBe("connected");
        (await host.ReadAsync("acme")).Numbers.Count(number => number.IsHeld).ShouldBe(2);
    }

    [Fact]
    public async Task A_slow_handler_of_the_host_keeps_nobody_from_the_outcome()
    {
        var gate = new TaskCompletionSource();
        await using var host = await StartAsync(setup =>
        {
            setup.Services.AddSingleton(new SlowHandler(gate.Task));
            setup.Library = library => library.AddAccountEventHandler<SlowHandler>();
        });
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);
        var first = api.FinishAsync(code, state);

        await Eventually.TrueAsync(async () => (await AttemptsAsync(host)).SingleOrDefault()?.Outcome is not null, "the attempt has ended");
        (await ApiConnect.CodeOf(await api.FinishAsync(code, state))).ShouldBe("connected");

        gate.SetResult();
        (await ApiConnect.CodeOf(await first)).ShouldBe("connected");
    }

    private async Task<TheHost> StartAsync(Action<HostSetup>? more = null)
    {
        var host = await TheHost.StartAsync(setup =>
        {
            setup.Services.AddSingleton<TimeProvider>(_clock);
            more?.Invoke(setup);
        });
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        return host;
    }

    private static Task<ConnectAttempt[]> AttemptsAsync(TheHost host) =>
        Task.FromResult(host.App.Services.GetRequiredService<InMemoryConnectAttemptStore>().Of(AccountId.Parse("acme")));

    /// <summary>Puts an attempt into the state in which a dead node would have left it.</summary>
    private static async Task ReplaceAsync(TheHost host, ConnectAttempt attempt)
    {
        var store = host.App.Services.GetRequiredService<InMemoryConnectAttemptStore>();
        await store.EraseAsync(attempt.AccountId, TestContext.Current.CancellationToken);
        await store.ClaimAsync(attempt, TestContext.Current.CancellationToken);
    }

    /// <summary>Erases the account's attempts in the middle of its first write, as an erase on another node may.</summary>
    private sealed class ErasingCopies : IAccountWabaReferenceSync
    {
        public InMemoryConnectAttemptStore? Attempts { get; set; }

        public Task StageAsync(AccountWabaReference reference, CancellationToken cancellationToken) =>
            Attempts!.EraseAsync(reference.AccountId, cancellationToken);

        public Task<IReadOnlyList<WabaId?>> ReadCopiesAsync(AccountId account, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WabaId?>>([]);
    }

    /// <summary>Lets something happen in the middle of the account's first write.</summary>
    private sealed class LateCopies(Action once) : IAccountWabaReferenceSync
    {
        private int _writes;

        public Task StageAsync(AccountWabaReference reference, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _writes) == 1)
                once();
            return Task.CompletedTask;
        }

        public Task<IReadOnlyList<WabaId?>> ReadCopiesAsync(AccountId account, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<WabaId?>>([]);
    }

    /// <summary>A store that cannot write progress; what is about to begin only if it is told so.</summary>
    private sealed class ForgetfulStore(IConnectAttemptStore inner, bool keepsIntents) : IConnectAttemptStore
    {
        public Task<ConnectAttempt> ClaimAsync(ConnectAttempt attempt, CancellationToken cancellationToken) => inner.ClaimAsync(attempt, cancellationToken);

        public Task<ConnectAttempt> UpdateAsync(ConnectAttempt attempt, CancellationToken cancellationToken) =>
            attempt.Outcome is null && !(keepsIntents && attempt.Steps.Any(step => step.Result == AttemptStep.Begun))
                ? throw new InvalidOperationException("The disk is full.")
                : inner.UpdateAsync(attempt, cancellationToken);

        public Task<ConnectAttempt?> FindAsync(AccountId account, Guid id, CancellationToken cancellationToken) => inner.FindAsync(account, id, cancellationToken);

        public Task<IReadOnlyList<ConnectAttempt>> ListAsync(AccountId? account, DateTimeOffset? claimedSince, int max, CancellationToken cancellationToken) =>
            inner.ListAsync(account, claimedSince, max, cancellationToken);

        public Task<IReadOnlyList<ConnectAttempt>> TakeUndoneAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken) =>
            inner.TakeUndoneAsync(now, until, max, cancellationToken);

        public Task SetUndoAsync(Guid id, DateTimeOffset? undoAt, CancellationToken cancellationToken) => inner.SetUndoAsync(id, undoAt, cancellationToken);

        public Task WipeAsync(AccountId account, Guid id, CancellationToken cancellationToken) => inner.WipeAsync(account, id, cancellationToken);

        public Task<int> PruneAsync(DateTimeOffset waitedUntil, DateTimeOffset claimedBefore, CancellationToken cancellationToken) =>
            inner.PruneAsync(waitedUntil, claimedBefore, cancellationToken);

        public Task<IReadOnlyList<ConnectAttempt>> FindAllAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) => inner.FindAllAsync(ids, cancellationToken);

        public Task StartAsync(StartedAttempt start, CancellationToken cancellationToken) => inner.StartAsync(start, cancellationToken);

        public Task NoteSignAsync(AccountId account, Guid id, DateTimeOffset at, DateTimeOffset silentAt, bool isOpen, CancellationToken cancellationToken) =>
            inner.NoteSignAsync(account, id, at, silentAt, isOpen, cancellationToken);

        public Task<bool> EndStartAsync(AccountId account, Guid id, string outcome, DateTimeOffset? silentAt, CancellationToken cancellationToken) =>
            inner.EndStartAsync(account, id, outcome, silentAt, cancellationToken);

        public Task RenewStartAsync(AccountId account, Guid id, Guid renewed, CancellationToken cancellationToken) => inner.RenewStartAsync(account, id, renewed, cancellationToken);

        public Task<IReadOnlyList<StartedAttempt>> TakeSilentAsync(DateTimeOffset now, DateTimeOffset until, int max, CancellationToken cancellationToken) =>
            inner.TakeSilentAsync(now, until, max, cancellationToken);

        public Task<IReadOnlyList<StartedAttempt>> ListStartsAsync(AccountId? account, DateTimeOffset since, int skip, int max, CancellationToken cancellationToken) =>
            inner.ListStartsAsync(account, since, skip, max, cancellationToken);

        public Task EraseAsync(AccountId account, CancellationToken cancellationToken) => inner.EraseAsync(account, cancellationToken);
    }

    private sealed class SlowHandler(Task gate) : IAccountEventHandler
    {
        public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken) => gate;
    }
}
