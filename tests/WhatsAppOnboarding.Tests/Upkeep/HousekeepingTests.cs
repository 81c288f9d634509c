using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Upkeep;

public sealed class HousekeepingTests
{
    [Fact]
    public async Task An_account_that_Meta_does_not_answer_about_holds_up_no_event()
    {
        var clock = new ManualTimeProvider();
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup.Services.AddSingleton<TimeProvider>(clock);
            setup.Services.PostConfigure<GraphOptions>(graph => graph.AttemptTimeout = graph.TotalTimeout = TimeSpan.FromMinutes(10));
        });
        host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        await WriteAsync(host, "acme", read => [.. read.Numbers.Select(number => number with { Evidence = number.Evidence with { NextCheckAt = clock.GetUtcNow() } })]);
        var held = host.Meta.Faults.Hold(GraphOperations.ListSubscribedApps);
        clock.Advance(TimeSpan.FromMinutes(2));
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        await WriteAsync(host, "birch", _ => [], new AccountEvent { Kind = AccountEvent.AttemptAbandoned, AccountId = AccountId.Parse("birch"), At = clock.GetUtcNow(), Numbers = [], Reason = "interrupted" });
        clock.Advance(TimeSpan.FromMinutes(1));

        await Eventually.TrueAsync(() => host.Events.Account.Any(told => told.Kind == AccountEvent.AttemptAbandoned), "the event is handed over");
        held.Release();
    }

    private static Task<PhoneNumberWrite> WriteAsync(TheHost host, string account, Func<AccountPhoneNumbers, IReadOnlyCollection<PhoneNumber>> change, params AccountEvent[] also) =>
        host.App.Services.GetRequiredService<NumberAuthority>().WriteAsync(AccountId.Parse(account), change, also, TestContext.Current.CancellationToken);
}
