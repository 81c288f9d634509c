using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.AccountEvents;

/// <summary>A handler of the host that never ends, be it that it waits or that it blocks its thread, holds up nothing of the library's.</summary>
public sealed class HangingHandlerTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Hang _hang = new();

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_connect_and_a_disconnect_end_complete(bool blocks)
    {
        await using var host = await StartAsync(blocks);
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);

        (await ApiConnect.CodeOf(await LeftBehindAsync(api.FinishAsync(code, state)))).ShouldBe("connected");
        host.Logs.Lines.Select(line => line.EventId).ShouldContain(1251);

        (await host.DisconnectAsync("acme")).Open.ShouldBeEmpty();
        waba.IsAppSubscribed.ShouldBeFalse();
        (await host.ReadAsync("acme")).Numbers.ShouldAllBe(number => number.Token == null);
    }

    [Fact]
    public async Task A_disconnect_is_done_at_Meta_before_the_host_is_told()
    {
        await using var host = await StartAsync(blocks: false);
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        _hang.Never = true;
        await host.ConnectAsync("acme");
        _hang.Never = false;

        var disconnecting = host.DisconnectAsync("acme");
        await _hang.ReachedAsync();

        waba.IsAppSubscribed.ShouldBeFalse();
        await _clock.AdvanceUntilAsync(disconnecting, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task What_hangs_on_one_account_holds_up_no_other()
    {
        await using var host = await StartAsync(blocks: false, setup =>
        {
            PopupConnect.Configure(setup);
            setup["NumberChoice"] = "Chosen";
            setup.Services.AddSingleton(new HangingWebhooks(_hang));
        }, library => library.AddWebhookHandler<HangingWebhooks>());
        _hang.Only = "acme";
        EmulatedWaba[] wabas = [.. new[] { "Acme", "Birch", "Dale" }.Select(name => host.Meta.World.AddBusiness(name).AddWaba(name))];
        EmulatedNumber[] numbers = [.. wabas.Select((waba, index) => waba.AddNumber($"+1 631-555-010{index}", waba.Name))];
        _hang.Never = true;
        await host.ConnectAsync("acme", wabas[0]);
        await host.ConnectAsync("birch", wabas[1]);
        _clock.Advance(TimeSpan.FromMinutes(3));
        _hang.Never = false;
        using var cedar = host.OpenApi("cedar");
        var asked = await cedar.PostAsync(new { code = host.Meta.IssuePopupCode(), state = await cedar.StartPopupStateAsync() });
        (await ApiConnect.CodeOf(asked)).ShouldBe("choose");

        using var meta = host.OpenApi(null);
        Task<HttpResponseMessage>[] reviews = [.. Enumerable.Range(0, 70).Select(review => meta.DeliverAsync(host, Review(wabas[0].Id, review)))];
        await _hang.ReachedAsync();
        await Eventually.TrueAsync(() => reviews.Count(review => review.IsCompleted) >= 70 - 32 - 1, "no more than half of the places are taken");

        for (var message = 0; message < 5; message++)
            (await meta.DeliverAsync(host, SignedPost.Text(wabas[1].Id, numbers[1].Id, $"message {message}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await meta.DeliverAsync(host, Review(wabas[1].Id, 0))).StatusCode.ShouldBe(HttpStatusCode.OK);
        host.Events.TextsOf("birch").Length.ShouldBe(5);
        (await host.DisconnectAsync("birch")).Open.ShouldBeEmpty();
        await host.ConnectAsync("dale", wabas[2]);
        EventsOf(host, "birch").ShouldBe(["connected", "noticed", "disconnected"]);
        EventsOf(host, "dale").ShouldBe(["connected"]);

        // Housekeeping goes on, past what hangs.
        var attempts = host.App.Services.GetRequiredService<InMemoryConnectAttemptStore>();
        await Eventually.TrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromMinutes(1));
                return attempts.Of(AccountId.Parse("cedar")).All(attempt => attempt.WaitingGrant is null);
            },
            "the grant that waited is wiped");
        await Task.WhenAll(reviews);
    }

    [Fact]
    public async Task A_hundred_accounts_that_hang_keep_the_others_waiting_for_seconds()
    {
        await using var host = await StartAsync(blocks: false);
        var numbers = host.App.Services.GetRequiredService<NumberAuthority>();
        foreach (var account in Enumerable.Range(0, 96).Select(hanging => $"account-{hanging:00}").Append("birch").Select(AccountId.Parse))
        {
            var abandoned = new AccountEvent { Kind = AccountEvent.AttemptAbandoned, AccountId = account, At = _clock.GetUtcNow(), Numbers = [] };
            await numbers.WriteAsync(account, _ => [], [abandoned], TestContext.Current.CancellationToken);
        }

        var told = new TaskCompletionSource();
        (_hang.Except, _hang.Told) = ("birch", () => told.TrySetResult());
        var delivering = host.App.Services.GetRequiredService<AccountEventDelivery>().DeliverWaitingAsync(TestContext.Current.CancellationToken);
        var seconds = 0;
        for (; !told.Task.IsCompleted && seconds < 90; seconds++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(told.Task, Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken));
        }

        // Sixteen at once, each for the 10 seconds that a handler has, would be 60.
        seconds.ShouldBeLessThan(45);
        await _clock.AdvanceUntilAsync(delivering.ContinueWith(_ => true, TaskScheduler.Default), TimeSpan.FromSeconds(1));
    }

    public void Dispose() => _hang.Dispose();

    private static string[] EventsOf(TheHost host, string account) => [.. host.Events.Account.Where(one => one.AccountId.ToString() == account).Select(one => one.Kind)];

    private string Review(string waba, int review) => SignedPost.Change(waba, "account_review_update", """{"decision":"APPROVED"}""").Replace("1739321024", $"{_clock.GetUtcNow().ToUnixTimeSeconds() - 100 + review}", StringComparison.Ordinal);

    /// <summary>Lets the clock go on once the handler hangs, and not while Meta is asked.</summary>
    private async Task<T> LeftBehindAsync<T>(Task<T> work)
    {
        await _hang.ReachedAsync();
        return await _clock.AdvanceUntilAsync(work, TimeSpan.FromSeconds(1));
    }

    private Task<TheHost> StartAsync(bool blocks, Action<HostSetup>? more = null, Action<WhatsAppOnboardingBuilder>? library = null)
    {
        _hang.Blocks = blocks;
        return TheHost.StartAsync(setup =>
        {
            setup.Services.AddSingleton<TimeProvider>(_clock);
            setup.Services.AddSingleton(new HangingHandler(_hang));
            setup.Library = builder =>
            {
                builder.AddAccountEventHandler<HangingHandler>();
                library?.Invoke(builder);
            };
            more?.Invoke(setup);
        });
    }

    private sealed class Hang : IDisposable
    {
        private readonly ManualResetEventSlim _gate = new();
        private readonly SemaphoreSlim _reached = new(0);

        public bool Blocks { get; set; }

        public bool Never { get; set; }

        /// <summary>The account on whose events it hangs; null for all.</summary>
        public string? Only { get; set; }

        /// <summary>The account on whose events it does not hang; null for none.</summary>
        public string? Except { get; set; }

        /// <summary>Called where it does not hang.</summary>
        public Action? Told { get; set; }

        public async Task ReachedAsync() => (await _reached.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).ShouldBeTrue("the handler hangs");

        public Task RunAsync(AccountId account)
        {
            if (Never || (Only ?? account.ToString()) != account.ToString() || Except == account.ToString())
            {
                Told?.Invoke();
                return Task.CompletedTask;
            }

            _reached.Release();
            if (Blocks)
                _gate.Wait(TestContext.Current.CancellationToken);
            return Blocks ? Task.CompletedTask : Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
        }

        public void Dispose()
        {
            _gate.Set();
            _reached.Dispose();
        }
    }

    private sealed class HangingHandler(Hang hang) : IAccountEventHandler
    {
        public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken) => hang.RunAsync(accountEvent.AccountId);
    }

    private sealed class HangingWebhooks(Hang hang) : IWebhookHandler
    {
        public Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken) => hang.RunAsync(webhookEvent.AccountId);
    }
}
