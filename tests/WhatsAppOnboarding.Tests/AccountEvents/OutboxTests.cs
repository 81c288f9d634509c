using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.Tests.AccountEvents;

/// <summary>Account events are handed over at least once and in order, however often handlers fail or processes die. The host's own clockwork does not run here.</summary>
public sealed class OutboxTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Script _script = new();

    [Fact]
    public async Task Events_of_an_account_come_in_order_and_wait_for_one_that_failed_while_other_accounts_get_theirs()
    {
        await using var host = await StartAsync();
        _script.Failing["one"] = 1;
        await CommitAsync(host, "acme", "one", "two", "three");
        await CommitAsync(host, "birch", "other");

        await DeliverAsync(host);
        _script.Seen.ShouldBe(["one", "other"], ignoreOrder: true);

        _clock.Advance(TimeSpan.FromMinutes(1));
        await DeliverAsync(host);
        _script.Seen.Where(seen => seen != "other").ShouldBe(["one", "one", "two", "three"]);
    }

    [Fact]
    public async Task An_event_that_fails_comes_again_at_growing_distances_and_is_parked_after_twenty_and_the_next_one_comes()
    {
        await using var host = await StartAsync();
        _script.Failing["bad"] = int.MaxValue;
        await CommitAsync(host, "acme", "bad", "good");
        var began = _clock.GetUtcNow();
        var distances = new List<double>();

        await DeliverAsync(host);
        for (var failures = 1; failures < 20; failures++)
        {
            var stored = (await ListAsync(host, "acme"))[0];
            (stored.Failures, stored.ParkedAt).ShouldBe((failures, null));
            distances.Add((stored.NextAt!.Value - _clock.GetUtcNow()).TotalMinutes);
            _clock.Advance(stored.NextAt.Value - _clock.GetUtcNow() - TimeSpan.FromSeconds(1));
            await DeliverAsync(host);
            _script.Seen.Count.ShouldBe(failures);
            _clock.Advance(TimeSpan.FromSeconds(1));
            await DeliverAsync(host);
        }

        distances.ShouldBe([1, 2, 4, 8, 16, 32, .. Enumerable.Repeat(60.0, 13)]);
        _script.Seen.ShouldBe([.. Enumerable.Repeat("bad", 20), "good"]);
        var parked = (await host.UseAsync<IAccountEventStore, IReadOnlyList<StoredEvent>>(store => store.ListAsync(null, null, parked: true, 10))).ShouldHaveSingleItem();
        (parked.Event.Reason, parked.ParkedAt, parked.NextAt).ShouldBe(("bad", _clock.GetUtcNow(), null));
        parked.Reason!.ShouldContain("told to fail");
        host.Logs.Lines.Count(line => line.EventId == 1252).ShouldBe(1);
        began.ShouldBeLessThan(_clock.GetUtcNow());
    }

    [Fact]
    public async Task Only_the_handler_that_failed_is_called_again()
    {
        await using var host = await StartAsync();
        _script.Failing["one"] = 1;
        await CommitAsync(host, "acme", "one");

        await DeliverAsync(host);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await DeliverAsync(host);

        _script.Seen.ShouldBe(["one", "one"]);
        host.Events.Account.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_a_process_committed_and_did_not_live_to_hand_over_is_handed_over_by_another()
    {
        await using var dying = await StartAsync();
        await using var other = await StartAsync(dying);
        await CommitAsync(dying, "acme", "one", "two");

        await DeliverAsync(other);

        _script.Seen.ShouldBe(["one", "two"]);
        (await ListAsync(other, "acme")).ShouldAllBe(stored => stored.NextAt == null);
    }

    [Fact]
    public async Task What_a_process_had_begun_to_hand_over_when_it_died_comes_once_more()
    {
        await using var dying = await StartAsync();
        await using var other = await StartAsync(dying);
        await CommitAsync(dying, "acme", "one");
        var now = _clock.GetUtcNow();
        (await dying.UseAsync<IAccountEventStore, StoredEvent?>(store => store.TakeAsync(AccountId.Parse("acme"), now, now.AddMinutes(2)))).ShouldNotBeNull();

        await DeliverAsync(other);
        _script.Seen.ShouldBeEmpty();
        _clock.Advance(TimeSpan.FromMinutes(2));
        await DeliverAsync(other);

        _script.Seen.ShouldBe(["one"]);
    }

    [Fact]
    public async Task Two_nodes_at_once_hand_each_event_over_once()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync(first);
        string[] accounts = [.. Enumerable.Range(0, 40).Select(account => $"account-{account}")];
        foreach (var account in accounts)
            await CommitAsync(first, account, $"{account}: one", $"{account}: two");

        await Task.WhenAll(DeliverAsync(first), DeliverAsync(second));

        _script.Seen.Count.ShouldBe(80);
        foreach (var account in accounts)
            _script.Seen.Where(seen => seen.StartsWith(account + ":", StringComparison.Ordinal)).ShouldBe([$"{account}: one", $"{account}: two"]);
    }

    [Fact]
    public async Task A_handler_that_disconnects_the_account_does_not_wait_for_itself()
    {
        await using var host = await StartAsync();
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        _script.Disconnects = true;

        await host.ConnectAsync("acme");

        await Eventually.TrueAsync(() => host.Events.Account.Count == 2, "the disconnect is reported, too");
        host.Events.Account.Select(one => one.Kind).ShouldBe(["connected", "disconnected"]);
        waba.IsAppSubscribed.ShouldBeFalse();
        host.Logs.Lines.Select(line => line.EventId).ShouldNotContain(1251);
    }

    /// <summary>A host, or one more over the same store of numbers and events.</summary>
    private Task<TheHost> StartAsync(TheHost? beside = null) => TheHost.StartAsync(setup =>
    {
        if (beside is not null)
            setup.Services.AddSingleton(beside.App.Services.GetRequiredService<InMemoryPhoneNumbers>());
        setup.Services.AddSingleton<TimeProvider>(_clock);
        setup.Services.AddSingleton(_script);
        setup.Library = library =>
        {
            library.AddAccountEventHandler<ScriptedHandler>();
            library.Services.Remove(library.Services.Single(service => service.ImplementationType == typeof(Housekeeping)));
        };
    });

    /// <summary>Commits events and goes no further, as a process does that dies there.</summary>
    private Task<PhoneNumberWrite> CommitAsync(TheHost host, string account, params string[] reasons) => host.App.Services.GetRequiredService<NumberAuthority>().WriteAsync(
        AccountId.Parse(account),
        _ => [],
        [.. reasons.Select(reason => new AccountEvent { Kind = AccountEvent.AttemptAbandoned, AccountId = AccountId.Parse(account), At = _clock.GetUtcNow(), Numbers = [], Reason = reason })],
        TestContext.Current.CancellationToken);

    private static Task DeliverAsync(TheHost host) => host.App.Services.GetRequiredService<AccountEventDelivery>().DeliverWaitingAsync(TestContext.Current.CancellationToken);

    private static Task<IReadOnlyList<StoredEvent>> ListAsync(TheHost host, string account) =>
        host.UseAsync<IAccountEventStore, IReadOnlyList<StoredEvent>>(store => store.ListAsync(AccountId.Parse(account), null, parked: false, 10));

    private sealed class Script
    {
        public ConcurrentQueue<string> Seen { get; } = [];

        /// <summary>How often events of a reason fail.</summary>
        public ConcurrentDictionary<string, int> Failing { get; } = [];

        public bool Disconnects { get; set; }
    }

    private sealed class ScriptedHandler(Script script, IWhatsAppAccounts accounts) : IAccountEventHandler
    {
        public async Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken)
        {
            var reason = accountEvent.Reason ?? accountEvent.Kind;
            script.Seen.Enqueue(reason);
            if (script.Failing.GetValueOrDefault(reason) is > 0 and var left)
            {
                script.Failing[reason] = left - 1;
                throw new InvalidOperationException("The handler was told to fail.");
            }

            if (script.Disconnects && accountEvent.Kind == AccountEvent.Connected)
                await accounts.DisconnectAsync(accountEvent.AccountId, cancellationToken: cancellationToken);
        }
    }
}
