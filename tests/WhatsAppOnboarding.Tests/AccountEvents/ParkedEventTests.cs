using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.AccountEvents;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.AccountEvents;

/// <summary>What is told of accounts can be read, and what is parked of it is tried again or given up by an operator.</summary>
public sealed class ParkedEventTests
{
    private static readonly AccountId Acme = AccountId.Parse("acme");

    private readonly ManualTimeProvider _clock = new();
    private readonly Refusal _refusal = new();

    [Fact]
    public async Task Events_are_read_by_account_and_since_a_time()
    {
        await using var host = await StartAsync();
        await host.ConnectAsync("acme");
        await host.ConnectAsync("birch");
        _clock.Sleep(TimeSpan.FromHours(1));
        var since = _clock.GetUtcNow();
        await host.DisconnectAsync("acme");

        (await ListAsync(host, Acme)).Select(stored => stored.Event.Kind).First().ShouldBe(AccountEvent.Connected);
        (await ListAsync(host, null, since)).Select(stored => (stored.Event.AccountId, stored.Event.Kind, stored.NextAt)).ShouldBe([(Acme, AccountEvent.Disconnected, null)]);
        (await ListAsync(host, null)).Select(stored => stored.Event.AccountId.ToString()).Distinct().Order().ShouldBe(["acme", "birch"]);
        (await ListAsync(host, Acme, parked: true)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_parked_event_is_handed_out_again_and_parked_again_by_one_more_failure()
    {
        await using var host = await StartAsync();
        var parked = await ParkAsync(host);
        _refusal.Text = "still broken";

        var again = (await ReplayAsync(host, parked))!;
        (again.ParkedAt is not null, again.Reason!.EndsWith("still broken", StringComparison.Ordinal)).ShouldBe((true, true));

        _refusal.Text = null;
        var done = (await ReplayAsync(host, parked))!;
        (done.ParkedAt, done.NextAt, done.Finished.Count).ShouldBe((null, null, 2));
        (await ReplayAsync(host, parked)).ShouldBeNull("it is not parked any more");
    }

    [Fact]
    public async Task A_parked_event_that_is_given_up_is_handed_out_no_more()
    {
        await using var host = await StartAsync();
        var parked = await ParkAsync(host);
        _refusal.Text = null;

        (await DiscardAsync(host, parked)).ShouldBeTrue();
        (await DiscardAsync(host, parked)).ShouldBeFalse();

        (await ListAsync(host, Acme, parked: true)).ShouldBeEmpty();
        await host.App.Services.GetRequiredService<AccountEventDelivery>().DeliverWaitingAsync(TestContext.Current.CancellationToken);
        _refusal.Handled.ShouldNotContain(parked.Event.Id);
    }

    [Fact]
    public async Task The_parked_event_of_another_account_is_not_found()
    {
        await using var host = await StartAsync();
        var parked = await ParkAsync(host);

        (await host.UseAsync<IWhatsAppOperator, bool>(operations => operations.DiscardParkedEventAsync(AccountId.Parse("birch"), parked.Event.Id))).ShouldBeFalse();

        (await ListAsync(host, Acme, parked: true)).ShouldHaveSingleItem();
    }

    private async Task<TheHost> StartAsync()
    {
        var host = await TheHost.StartAsync(setup =>
        {
            setup.Services.AddSingleton<TimeProvider>(_clock);
            setup.Services.AddSingleton(new RefusingHandler(_refusal));
            setup.Library = library => library.AddAccountEventHandler<RefusingHandler>();
        });
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        return host;
    }

    private async Task<StoredEvent> ParkAsync(TheHost host)
    {
        _refusal.Text = "broken";
        await host.ConnectAsync("acme");
        var delivery = host.App.Services.GetRequiredService<AccountEventDelivery>();
        var patience = new Patience("the event is parked", maxTurns: 100);
        while (await ListAsync(host, Acme, parked: true) is [])
        {
            patience.Turn();
            _clock.Sleep(TimeSpan.FromHours(1));
            await delivery.DeliverWaitingAsync(TestContext.Current.CancellationToken);
        }

        return (await ListAsync(host, Acme, parked: true))[0];
    }

    private static Task<IReadOnlyList<StoredEvent>> ListAsync(TheHost host, AccountId? account, DateTimeOffset? since = null, bool parked = false) =>
        host.UseAsync<IWhatsAppOperator, IReadOnlyList<StoredEvent>>(operations => operations.ListEventsAsync(account, since, parked));

    private static Task<StoredEvent?> ReplayAsync(TheHost host, StoredEvent parked) =>
        host.UseAsync<IWhatsAppOperator, StoredEvent?>(operations => operations.ReplayParkedEventAsync(Acme, parked.Event.Id));

    private static Task<bool> DiscardAsync(TheHost host, StoredEvent parked) =>
        host.UseAsync<IWhatsAppOperator, bool>(operations => operations.DiscardParkedEventAsync(Acme, parked.Event.Id));

    private sealed class Refusal
    {
        public string? Text { get; set; }

        public List<Guid> Handled { get; } = [];
    }

    private sealed class RefusingHandler(Refusal refusal) : IAccountEventHandler
    {
        public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken)
        {
            if (refusal.Text is { } text && accountEvent.AccountId == Acme)
                throw new InvalidOperationException(text);
            refusal.Handled.Add(accountEvent.Id);
            return Task.CompletedTask;
        }
    }
}
