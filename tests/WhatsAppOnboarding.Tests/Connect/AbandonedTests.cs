using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Connect;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Upkeep;

namespace WhatsAppOnboarding.Tests.Connect;

/// <summary>An attempt whose process dies, at any time since it was claimed: the host is told, once.</summary>
public sealed class AbandonedTests
{
    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData(GraphOperations.ExchangeCode, false)]
    [InlineData(GraphOperations.ExchangeCode, true)]
    [InlineData(GraphOperations.ListPhoneNumbers, false)]
    [InlineData(GraphOperations.ListPhoneNumbers, true)]
    public async Task An_attempt_that_died_is_told_once_whoever_looks_at_it_before(string diedAt, bool looked)
    {
        await using var host = await StartAsync();
        using var api = host.OpenApi("acme");
        var (code, state) = await api.GrantAsync(host);
        var store = host.App.Services.GetRequiredService<InMemoryConnectAttemptStore>();
        var died = host.Meta.Faults.Hold(diedAt, afterEffect: true);
        var finishing = api.FinishAsync(code, state);
        await died.Reached;
        var left = store.Of(AccountId.Parse("acme")).Single();
        died.Release();
        await finishing;
        await host.App.Services.GetRequiredService<NumberAuthority>().EraseAsync(left.AccountId, TestContext.Current.CancellationToken);
        host.Events.Account.Clear();
        await store.EraseAsync(left.AccountId, TestContext.Current.CancellationToken);
        await store.ClaimAsync(left, TestContext.Current.CancellationToken);

        await UndoAsync(host);
        host.Events.Account.ShouldBeEmpty("its process may be alive");
        _clock.Sleep(TimeSpan.FromMinutes(3) + TimeSpan.FromSeconds(1));
        if (looked)
            (await api.AttemptAsync(left.Id)).GetProperty("outcome").GetString().ShouldBe("interrupted");
        await Task.WhenAll(UndoAsync(host), UndoAsync(host));
        await UndoAsync(host);

        var told = host.Events.Account.ShouldHaveSingleItem();
        (told.Kind, told.Id, told.Reason).ShouldBe(("attempt_abandoned", left.Id, "interrupted"));
        (await host.UseAsync<AttemptRecords, ConnectAttempt?>(attempts => attempts.FindAsync(left.AccountId, left.Id))).ShouldNotBeNull().Outcome.ShouldBe("interrupted");
    }

    [Fact]
    public async Task An_attempt_that_ended_is_not_told_as_abandoned()
    {
        await using var host = await StartAsync();
        host.Meta.Faults.On(GraphOperations.ExchangeCode, Fault.Error(400, 100));
        using var api = host.OpenApi("acme");
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var (code, state) = await api.GrantAsync(host);
            await api.FinishAsync(code, state);
        }

        _clock.Sleep(TimeSpan.FromMinutes(10));
        await UndoAsync(host);

        host.Events.Account.Select(told => told.Kind).ShouldBe(["connected"]);
    }

    /// <summary>A host whose housekeeping is the test's.</summary>
    private async Task<TheHost> StartAsync()
    {
        var host = await TheHost.StartAsync(setup =>
        {
            setup.Services.AddSingleton<TimeProvider>(_clock);
            setup.Library = library => library.Services.Remove(library.Services.Single(service => service.ImplementationType == typeof(Housekeeping)));
        });
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        return host;
    }

    private static Task<bool> UndoAsync(TheHost host) => host.UseAsync<AttemptUndo, bool>(async undo =>
    {
        await undo.RunAsync(TestContext.Current.CancellationToken);
        return true;
    });
}
