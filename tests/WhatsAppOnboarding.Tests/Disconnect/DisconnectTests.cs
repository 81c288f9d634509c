using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Disconnect;

public sealed class DisconnectTests
{
    private const string Route = "/api/integrations/whatsapp/disconnect";

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task A_disconnect_ends_sending_receiving_and_the_token()
    {
        await using var host = await TheHost.StartAsync();
        var number = AddNumber(host);
        await host.ConnectAsync("acme");
        using var browser = await host.OpenBrowserAsync("acme");

        (await browser.PostAsync(Route)).StatusCode.ShouldBe(HttpStatusCode.OK);

        number.Waba.IsAppSubscribed.ShouldBeFalse();
        var status = await browser.StatusAsync();
        status.GetProperty("connected").GetBoolean().ShouldBeFalse();
        status.GetProperty("wabaId").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        status.GetProperty("phoneNumbers")[0].GetProperty("isActive").GetBoolean().ShouldBeFalse();
        (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Token.ShouldBeNull();
        (await SendTokenAsync(host, number)).Code.ShouldBe(ErrorCodes.NotConnected);
    }

    [Fact]
    public async Task When_meta_is_down_the_disconnect_holds_here_and_the_next_one_tells_meta()
    {
        await using var host = await TheHost.StartAsync(Impatient);
        var number = AddNumber(host);
        await host.ConnectAsync("acme");
        host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Reset());

        var first = await host.DisconnectAsync("acme");

        first.Open.ShouldHaveSingleItem().Value.ShouldBe("meta_unreachable");
        (await SendTokenAsync(host, number)).Available.ShouldBeFalse();
        var open = (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem();
        open.OpenSteps.ShouldHaveSingleItem().Step.ShouldBe(StepNames.Unsubscribe);
        open.Token.ShouldNotBeNull();

        var second = await host.DisconnectAsync("acme");

        second.Disconnected.ShouldBeEmpty();
        second.Open.ShouldBeEmpty();
        number.Waba.IsAppSubscribed.ShouldBeFalse();
        var done = (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem();
        done.Token.ShouldBeNull();
        done.OpenSteps.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_kept_token_is_not_used_after_seven_days_and_goes_with_the_next_disconnect()
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            Impatient(setup);
            setup.Services.AddSingleton<TimeProvider>(_clock);
        });
        AddNumber(host);
        await host.ConnectAsync("acme");
        host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Reset());
        await host.DisconnectAsync("acme");
        host.Meta.Calls.Clear();
        _clock.Sleep(TimeSpan.FromDays(7));

        await host.DisconnectAsync("acme");

        host.Meta.Calls.All.ShouldBeEmpty();
        (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Token.ShouldBeNull();
    }

    [Fact(Timeout = 30_000)]
    public async Task Within_an_hour_after_its_time_a_kept_token_is_wiped_without_anybody_asking()
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            Impatient(setup);
            setup.Services.AddSingleton<TimeProvider>(_clock);
        });
        AddNumber(host);
        await host.ConnectAsync("acme");
        host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Reset());
        await host.DisconnectAsync("acme");
        _clock.Sleep(TimeSpan.FromDays(7) - TimeSpan.FromHours(2));
        (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Token.ShouldNotBeNull();

        _clock.Advance(TimeSpan.FromHours(3));

        await Eventually.TrueAsync(async () => (await host.ReadAsync("acme")).Numbers.Single() is { Token: null, OpenSteps.Count: 0 }, "the token is wiped");
        host.App.Services.GetRequiredService<InMemoryConnectAttemptStore>().Of(AccountId.Parse("acme")).Length.ShouldBe(1);
        _clock.Sleep(TimeSpan.FromDays(24));
        await Eventually.TrueAsync(() => host.App.Services.GetRequiredService<InMemoryConnectAttemptStore>().Of(AccountId.Parse("acme")).Length == 0, "old attempts are removed");
    }

    [Fact]
    public async Task A_token_that_meta_no_longer_takes_is_wiped()
    {
        await using var host = await TheHost.StartAsync();
        AddNumber(host);
        await host.ConnectAsync("acme");
        host.Meta.World.RevokeAll();

        (await host.DisconnectAsync("acme")).Open.Values.ShouldBe(["token_invalid"]);

        (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Token.ShouldBeNull();
    }

    [Fact]
    public async Task One_number_of_two_leaves_the_other_and_the_subscription()
    {
        await using var host = await TheHost.StartAsync();
        var first = AddNumber(host);
        var second = first.Waba.AddNumber("+1 631-555-0101", "Two");
        await host.ConnectAsync("acme");

        await host.DisconnectAsync("acme", new DisconnectScope { PhoneNumberId = PhoneNumberId.Parse(first.Id) });

        first.Waba.IsAppSubscribed.ShouldBeTrue();
        (await SendTokenAsync(host, first)).Available.ShouldBeFalse();
        (await SendTokenAsync(host, second)).Available.ShouldBeTrue();
        (await host.ReadAsync("acme")).Find(PhoneNumberId.Parse(first.Id))!.Token.ShouldBeNull();
    }

    [Fact]
    public async Task A_waba_that_another_account_uses_stays_subscribed()
    {
        await using var host = await TheHost.StartAsync();
        var number = AddNumber(host);
        await host.ConnectAsync("acme");
        await host.ConnectAsync("birch");

        await host.DisconnectAsync("acme");

        host.Meta.Calls.Of(GraphOperations.UnsubscribeApp).ShouldBeEmpty();
        await host.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);
        host.Events.TextsOf("birch").ShouldBe(["hello"]);
        host.Events.TextsOf("acme").ShouldBeEmpty();
        (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Token.ShouldBeNull();
    }

    [Fact]
    public async Task An_erased_account_leaves_no_row_and_no_subscription()
    {
        await using var host = await TheHost.StartAsync(Impatient);
        var number = AddNumber(host);
        await host.ConnectAsync("acme");
        await host.ConnectAsync("birch");
        var attempts = host.App.Services.GetRequiredService<InMemoryConnectAttemptStore>();

        await EraseAsync(host, "acme");
        (await host.ReadAsync("acme")).Reference.Version.ShouldBe(0);
        attempts.Of(AccountId.Parse("acme")).Length.ShouldBe(0);
        attempts.Of(AccountId.Parse("birch")).Length.ShouldBe(1);
        number.Waba.IsAppSubscribed.ShouldBeTrue();

        host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Reset());
        (await EraseAsync(host, "birch")).Open.Count.ShouldBe(1);
        (await host.ReadAsync("birch")).Numbers.ShouldBeEmpty();
        (await EraseAsync(host, "never")).Disconnected.ShouldBeEmpty();
    }

    private static EmulatedNumber AddNumber(TheHost host) => host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");

    private static Task<DisconnectResult> EraseAsync(TheHost host, string account) =>
        host.UseAsync<IWhatsAppAccounts, DisconnectResult>(accounts => accounts.EraseAsync(AccountId.Parse(account)));

    private static Task<PhoneNumberToken> SendTokenAsync(TheHost host, EmulatedNumber number) =>
        host.UseAsync<IWhatsAppAccounts, PhoneNumberToken>(accounts => accounts.GetTokenAsync(AccountId.Parse("acme"), PhoneNumberId.Parse(number.Id)));

    private static void Impatient(HostSetup setup) => setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
}
