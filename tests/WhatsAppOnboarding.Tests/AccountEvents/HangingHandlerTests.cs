using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Tests.Framework;

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

    public void Dispose() => _hang.Dispose();

    /// <summary>Lets the clock go on once the handler hangs, and not while Meta is asked.</summary>
    private async Task<T> LeftBehindAsync<T>(Task<T> work)
    {
        await _hang.ReachedAsync();
        return await _clock.AdvanceUntilAsync(work, TimeSpan.FromSeconds(1));
    }

    private Task<TheHost> StartAsync(bool blocks)
    {
        _hang.Blocks = blocks;
        return TheHost.StartAsync(setup =>
        {
            setup.Services.AddSingleton<TimeProvider>(_clock);
            setup.Services.AddSingleton(new HangingHandler(_hang));
            setup.Library = library => library.AddAccountEventHandler<HangingHandler>();
        });
    }

    private sealed class Hang : IDisposable
    {
        private readonly ManualResetEventSlim _gate = new();
        private readonly SemaphoreSlim _reached = new(0);

        public bool Blocks { get; set; }

        public bool Never { get; set; }

        public async Task ReachedAsync() => (await _reached.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken)).ShouldBeTrue("the handler hangs");

        public Task RunAsync()
        {
            if (Never)
                return Task.CompletedTask;
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
        public Task HandleAsync(AccountEvent accountEvent, CancellationToken cancellationToken) => hang.RunAsync();
    }
}
