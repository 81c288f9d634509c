using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Disconnect;

/// <summary>Account A disconnects while account B connects the same WABA: in every order B hears its messages.</summary>
public sealed class SiblingRaceTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task B_connects_while_the_unsubscribe_of_A_is_under_way(bool afterEffect)
    {
        await using var host = await TheHost.StartAsync();
        var number = await AcmeConnectedAsync(host);
        var unsubscribe = host.Meta.Faults.Hold(GraphOperations.UnsubscribeApp, afterEffect);
        var disconnecting = host.DisconnectAsync("acme");
        await unsubscribe.Reached;

        await host.ConnectAsync("birch");
        unsubscribe.Release();
        await disconnecting;

        await HearsAsync(host, number);
    }

    [Theory]
    [InlineData(GraphOperations.ListPhoneNumbers)]
    [InlineData(GraphOperations.SubscribeApp)]
    [InlineData(GraphOperations.DebugToken)]
    public async Task A_disconnects_while_a_call_of_B_is_under_way(string operation)
    {
        await using var host = await TheHost.StartAsync();
        var number = await AcmeConnectedAsync(host);
        var held = host.Meta.Faults.Hold(operation, afterEffect: true);
        var connecting = host.ConnectAsync("birch");
        await held.Reached;

        await host.DisconnectAsync("acme");
        held.Release();
        await connecting;

        await HearsAsync(host, number);
    }

    [Fact]
    public async Task Both_wait_for_each_other_in_the_middle()
    {
        await using var host = await TheHost.StartAsync();
        var number = await AcmeConnectedAsync(host);
        var listing = host.Meta.Faults.Hold(GraphOperations.ListPhoneNumbers, afterEffect: true);
        var connecting = host.ConnectAsync("birch");
        await listing.Reached;
        var unsubscribe = host.Meta.Faults.Hold(GraphOperations.UnsubscribeApp);
        var disconnecting = host.DisconnectAsync("acme");
        await unsubscribe.Reached;

        listing.Release();
        await connecting;
        unsubscribe.Release();
        await disconnecting;

        await HearsAsync(host, number);
    }

    [Fact]
    public async Task B_connects_while_the_unsubscribe_of_A_takes_effect_and_its_answer_is_lost()
    {
        await using var host = await TheHost.StartAsync();
        var number = await AcmeConnectedAsync(host);
        host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.AfterEffect());
        var unsubscribe = host.Meta.Faults.Hold(GraphOperations.UnsubscribeApp, afterEffect: false);
        var disconnecting = host.DisconnectAsync("acme");
        await unsubscribe.Reached;

        await host.ConnectAsync("birch");
        unsubscribe.Release();
        await disconnecting;

        await HearsAsync(host, number);
    }

    [Fact]
    public async Task A_failed_connect_takes_back_its_subscription_without_harming_a_sibling()
    {
        await using var host = await TheHost.StartAsync(setup => setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0));
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(400, 100));
        host.Meta.Faults.On(GraphOperations.ListPhoneNumbers, Fault.Error(400, 100));
        var unsubscribe = host.Meta.Faults.Hold(GraphOperations.UnsubscribeApp);
        using var acme = await host.OpenBrowserAsync("acme");
        var failing = acme.ConnectAsync();
        await unsubscribe.Reached;

        await host.ConnectAsync("birch");
        unsubscribe.Release();
        (await failing).ShouldContain("error=");

        await HearsAsync(host, number);
    }

    [Theory, InlineData(0), InlineData(119)]
    public async Task When_the_sibling_cannot_be_subscribed_again_it_is_told_whatever_the_clock_of_who_connected_it_says(int ahead)
    {
        await using var host = await TheHost.StartAsync(setup => setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0));
        await AcmeConnectedAsync(host);
        var unsubscribe = host.Meta.Faults.Hold(GraphOperations.UnsubscribeApp);
        var disconnecting = host.DisconnectAsync("acme");
        await unsubscribe.Reached;
        await host.ConnectAsync("birch");
        await host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(
            AccountId.Parse("birch"),
            account => [.. account.Numbers.Select(one => one with { Evidence = one.Evidence with { SubscribedAt = one.Evidence.SubscribedAt!.Value.AddSeconds(ahead) } })]));
        host.Meta.Faults.On(GraphOperations.SubscribeApp, Fault.Error(400, 4), int.MaxValue);
        unsubscribe.Release();
        await disconnecting;

        using var birch = await host.OpenBrowserAsync("birch");
        var status = await birch.StatusAsync();
        status.GetProperty("connected").GetBoolean().ShouldBeFalse();
        status.GetProperty("phoneNumbers")[0].GetProperty("openSteps")[0].GetProperty("code").GetString().ShouldBe("pending");
    }

    private static async Task<EmulatedNumber> AcmeConnectedAsync(TheHost host)
    {
        var number = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        return number;
    }

    private static async Task HearsAsync(TheHost host, EmulatedNumber number)
    {
        number.Waba.IsAppSubscribed.ShouldBeTrue();
        await host.Meta.Webhooks.ReceiveMessageAsync(number.Id, "+15550001", "Ann", "hello", TestContext.Current.CancellationToken);
        host.Events.TextsOf("birch").ShouldBe(["hello"]);
    }
}
