using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Promises;

public sealed class P04SharedNumbersTests
{
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Two_accounts_may_hold_one_number_and_both_hear_and_are_told_that_it_is_shared()
    {
        await using var host = await TheHost.StartAsync();
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        await host.ConnectAsync("birch");

        await host.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);

        host.Events.TextsOf("acme").ShouldBe(["hello"]);
        host.Events.TextsOf("birch").ShouldBe(["hello"]);
        host.Events.Account.Where(told => told.Kind is AccountEvent.NumberShared).Select(shared => shared.AccountId.ToString()).Order().ShouldBe(["acme", "birch"]);
        using var browser = await host.OpenBrowserAsync("acme");
        var status = (await browser.StatusAsync()).GetRawText();
        status.ShouldContain("number_shared");
        status.ShouldNotContain("birch");
    }

    [Fact]
    public async Task While_a_number_is_shared_a_holder_without_a_fresh_proof_is_passed_over_and_told_and_hears_once_it_is_renewed()
    {
        await using var host = await TheHost.StartAsync(UseClock, new MetaEmulatorOptions { TimeProvider = _clock });
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        host.Meta.Faults.On(GraphOperations.ReadPhoneNumber, Fault.Error(500, 2), int.MaxValue);
        _clock.Sleep(TimeSpan.FromHours(25));
        await host.ConnectAsync("birch");

        var delivery = await host.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);

        delivery.LastStatusCode.ShouldBe(503);
        host.Events.TextsOf("acme").ShouldBeEmpty();
        host.Events.TextsOf("birch").ShouldBe(["hello"]);
        using var browser = await host.OpenBrowserAsync("acme");
        (await browser.StatusAsync()).GetRawText().ShouldContain("shared_proof_stale");

        host.Meta.Faults.Clear();
        _clock.Sleep(TimeSpan.FromMinutes(6));
        await Eventually.TrueAsync(async () => !(await browser.StatusAsync()).GetRawText().Contains("shared_proof_stale", StringComparison.Ordinal), "the proof is renewed");
        await host.Meta.Webhooks.RetryDueAsync(TestContext.Current.CancellationToken);
        delivery.Status.ShouldBe(DeliveryStatus.Delivered);
        host.Events.TextsOf("acme").ShouldBe(["hello"]);
    }

    [Fact]
    public async Task For_a_number_of_one_account_no_state_stands_in_the_way_of_messages()
    {
        await using var host = await TheHost.StartAsync(UseClock);
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        _clock.Sleep(TimeSpan.FromDays(90));
        host.Meta.World.RevokeAll();

        await host.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);

        host.Events.TextsOf("acme").ShouldBe(["hello"]);
    }

    [Fact]
    public async Task An_account_whose_own_token_never_subscribed_hears_nothing()
    {
        await using var host = await TheHost.StartAsync();
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        host.Meta.Faults.On(GraphOperations.SubscribeApp, Fault.Error(403, 200), times: 10);
        using var browser = await host.OpenBrowserAsync("birch");
        (await browser.ConnectAsync()).ShouldBe("/dashboard?whatsapp=incomplete");

        await host.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);

        host.Events.TextsOf("acme").ShouldBe(["hello"]);
        host.Events.TextsOf("birch").ShouldBeEmpty();
    }

    [Fact]
    public async Task An_event_of_another_waba_than_the_one_that_an_account_subscribed_does_not_reach_it()
    {
        await using var host = await TheHost.StartAsync();
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");

        foreach (var (entry, id) in new[] { ("99999999", number.Id), (number.Waba.Id, new string('1', 33)) })
        {
            await host.Meta.Webhooks.SendAsync(JsonNode.Parse($$$"""
                {"entry":[{"id":"{{{entry}}}","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"{{{id}}}"},"messages":[{"text":{"body":"stray"} }] } }] }] }
                """)!, TestContext.Current.CancellationToken);
        }

        host.Events.Webhooks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_sharing_is_refused_the_second_account_is_told_nothing_of_the_first_until_it_lets_go()
    {
        await using var host = await TheHost.StartAsync(setup => setup["SharedNumbers"] = "Refuse");
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        waba.AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        using var browser = await host.OpenBrowserAsync("birch");

        (await browser.ConnectAsync()).ShouldBe("/onboarding/whatsapp?error=number_taken");
        (await host.ReadAsync("birch")).Numbers.ShouldBeEmpty();
        waba.IsAppSubscribed.ShouldBeTrue();

        await host.DisconnectAsync("acme");
        (await browser.ConnectAsync()).ShouldBe("/dashboard?whatsapp=connected");
    }

    /// <summary>The library's clock stands still unless it is moved, so that nobody may wait between two tries.</summary>
    private void UseClock(HostSetup setup)
    {
        setup.Services.AddSingleton<TimeProvider>(_clock);
        setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
    }
}
