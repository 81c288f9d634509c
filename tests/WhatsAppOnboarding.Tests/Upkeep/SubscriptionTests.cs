using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;

namespace WhatsAppOnboarding.Tests.Upkeep;

/// <summary>What upkeep makes of the app's subscription to a WABA: lost, made again, at another address, or for nobody.</summary>
public sealed class SubscriptionTests
{
    [Fact]
    public async Task An_address_of_its_own_that_meta_refuses_is_no_lost_subscription_and_is_set_within_two_days_once_meta_takes_it()
    {
        Uri? own = null;
        await using var accounts = await TheAccounts.StartAsync(setup => setup.Library = library => library.UseWebhookOverride(_ => own));
        own = new Uri($"http://localhost:{accounts.Host.Address.Port}/webhooks/whatsapp");
        accounts.Options.AllowOverrides = false;
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        accounts.Calls.Clear();

        await accounts.PassAsync(days: 3);

        accounts.Told("acme").ShouldBe([]);
        (await accounts.StatusAsync("acme")).Connected.ShouldBeTrue();
        accounts.Calls.ByDay.Values.Max().ShouldBeLessThanOrEqualTo(12);
        waba.OverrideCallback.ShouldBeNull();
        accounts.Options.AllowOverrides = true;
        await accounts.PassAsync(days: 2.1);
        (waba.OverrideCallback, waba.IsAppSubscribed).ShouldBe((own, true));
        accounts.Told("acme").ShouldBe([]);
    }

    [Fact]
    public async Task Where_making_it_again_fails_for_a_moment_the_next_try_is_in_minutes_and_so_it_is_where_the_process_dies_meanwhile()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);
        var lostAt = accounts.Now;
        waba.IsAppSubscribed = false;
        accounts.Meta.Faults.On(GraphOperations.SubscribeApp, Fault.Error(500, 2));
        var held = accounts.Meta.Faults.Hold(GraphOperations.SubscribeApp);

        var passing = accounts.PassAsync(TheAccounts.Turn + TimeSpan.FromMinutes(10));
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        var dead = (await accounts.Host.ReadAsync("acme")).Numbers.Single().Evidence;
        (dead.NextCheckAt - accounts.Now < TimeSpan.FromMinutes(6)).ShouldBeTrue($"{dead.NextCheckAt} is the next look, and it is {accounts.Now}");
        held.Release();
        await passing;

        waba.IsAppSubscribed.ShouldBeTrue();
        var told = accounts.EventsOf("acme").ToArray();
        told.Select(one => $"{one.Kind} {one.Reason}").ShouldBe(["needs_attention not_subscribed", "well_again not_subscribed"]);
        (told[1].At - told[0].At).ShouldBeLessThan(TimeSpan.FromMinutes(10));
        (told[0].At - lostAt).ShouldBeLessThanOrEqualTo(TheAccounts.Turn);
        (await accounts.Host.ReadAsync("acme")).Numbers.Single().Evidence.CheckFailures.ShouldBe(0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_disconnect_in_the_middle_of_making_it_again_leaves_no_subscription_for_nobody(bool byPerson)
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);
        waba.IsAppSubscribed = false;
        if (byPerson)
            await NoteLostAsync(accounts);
        var held = accounts.Meta.Faults.Hold(GraphOperations.SubscribeApp);
        var subscribing = byPerson ? StepAsync(accounts, waba.Numbers[0]) : accounts.PassAsync(TheAccounts.Turn);
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        await accounts.Host.DisconnectAsync("acme");
        held.Release();
        await subscribing;

        waba.IsAppSubscribed.ShouldBeFalse();
        (await accounts.Host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Token.ShouldBeNull();
    }

    [Fact]
    public async Task Where_it_cannot_be_left_again_then_the_account_is_told_that_it_may_still_be_subscribed()
    {
        await using var accounts = await TheAccounts.StartAsync();
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await accounts.PassAsync(days: 1);
        waba.IsAppSubscribed = false;
        var held = accounts.Meta.Faults.Hold(GraphOperations.SubscribeApp);
        var passing = accounts.PassAsync(TheAccounts.Turn);
        await held.Reached.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        await accounts.Host.DisconnectAsync("acme");
        accounts.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Error(500, 2), times: int.MaxValue);

        held.Release();
        await passing;

        accounts.Told("acme").ShouldBe(["needs_attention not_subscribed", "disconnected requested", "needs_attention still_subscribed"]);
    }

    [Fact]
    public async Task What_meta_still_brings_of_a_subscription_that_was_lost_is_delivered()
    {
        await using var accounts = await TheAccounts.StartAsync(setup => setup.RecordsWebhooks = true);
        var waba = accounts.AddWaba();
        await accounts.ConnectAsync("acme", waba);
        await NoteLostAsync(accounts);

        await accounts.Meta.Webhooks.ReceiveMessageAsync(waba.Numbers[0].Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);

        accounts.Host.Events.TextsOf("acme").ShouldBe(["hello"]);
    }

    private static Task<PhoneNumberWrite> NoteLostAsync(TheAccounts accounts) => accounts.Service<NumberAuthority>().WriteAsync(
        AccountId.Parse("acme"),
        read => [.. read.Numbers.Select(number => number with
        {
            OpenSteps = [new OpenStep { Step = StepNames.Subscribe, Code = ErrorCodes.SubscriptionLost, Since = accounts.Now }],
            Evidence = number.Evidence with { SubscribedAt = null },
        })],
        TestContext.Current.CancellationToken);

    private static Task<StepOutcome> StepAsync(TheAccounts accounts, EmulatedNumber number) => accounts.Host.UseAsync<IWhatsAppSetup, StepOutcome>(
        setup => setup.RunStepAsync(AccountId.Parse("acme"), PhoneNumberId.Parse(number.Id), new StepRequest { Step = StepNames.Subscribe }));
}
