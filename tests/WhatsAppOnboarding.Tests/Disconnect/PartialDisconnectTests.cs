using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Disconnect;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Testing;
using WhatsAppOnboarding.Tests.Framework;

namespace WhatsAppOnboarding.Tests.Disconnect;

public sealed class PartialDisconnectTests
{
    private const string Route = "/api/integrations/whatsapp/disconnect";

    [Fact]
    public async Task A_body_without_an_announced_length_is_read_and_not_taken_for_none()
    {
        await using var host = await TheHost.StartAsync();
        var first = AddNumber(host);
        first.Waba.AddNumber("+1 631-555-0101", "Two");
        await host.ConnectAsync("acme");
        using var api = host.OpenApi("acme");
        var request = new HttpRequestMessage(HttpMethod.Post, Route) { Content = JsonContent.Create(new { phoneNumberId = first.Id }) };
        request.Headers.TransferEncodingChunked = true;

        (await api.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await host.ReadAsync("acme")).Numbers.Count(number => number.IsHeld).ShouldBe(1);
    }

    [Fact]
    public async Task A_disconnect_that_a_reconnect_overtakes_does_not_claim_to_have_disconnected()
    {
        await using var host = await TheHost.StartAsync();
        AddNumber(host);
        await host.ConnectAsync("acme");
        var change = new DisconnectChange(new DisconnectScope(), TimeProvider.System.GetUtcNow());
        change.Apply(await host.ReadAsync("acme")).Count.ShouldBe(1);

        await host.ConnectAsync("acme");
        var write = await host.UseAsync<NumberAuthority, PhoneNumberWrite>(store => store.WriteAsync(AccountId.Parse("acme"), change.Apply));

        change.DoneIn(write.After).ShouldBeEmpty();
        write.After.Numbers.ShouldAllBe(number => number.IsHeld);
    }

    [Fact]
    public async Task A_dead_token_of_one_account_takes_nothing_from_another()
    {
        await using var host = await TheHost.StartAsync();
        var number = AddNumber(host);
        await host.ConnectAsync("acme");
        host.Meta.World.RevokeAll();
        var unsubscribe = host.Meta.Faults.Hold(GraphOperations.UnsubscribeApp);
        var disconnecting = host.DisconnectAsync("acme");
        await unsubscribe.Reached;
        await host.ConnectAsync("birch");
        unsubscribe.Release();
        await disconnecting;

        number.Waba.IsAppSubscribed.ShouldBeTrue();
        using var birch = await host.OpenBrowserAsync("birch");
        (await birch.StatusAsync()).GetProperty("connected").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_refusal_of_meta_leaves_the_step_open()
    {
        await using var host = await TheHost.StartAsync();
        var number = AddNumber(host);
        await host.ConnectAsync("acme");
        host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Error(403, 200));

        (await host.DisconnectAsync("acme")).Open.ShouldHaveSingleItem().Value.ShouldBe("permission_missing");
        (await host.DisconnectAsync("acme")).Open.ShouldBeEmpty();
        number.Waba.IsAppSubscribed.ShouldBeFalse();
    }

    [Theory]
    [InlineData(190, 459)]
    [InlineData(190, 490)]
    [InlineData(464, null)]
    public async Task A_check_that_passes_wipes_no_token_while_the_app_is_subscribed(int code, int? subcode)
    {
        await using var host = await TheHost.StartAsync();
        var number = AddNumber(host);
        await host.ConnectAsync("acme");
        host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Error(400, code, subcode));

        (await host.DisconnectAsync("acme")).Open.ShouldHaveSingleItem().Value.ShouldBe("facebook_check");
        (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Token.ShouldNotBeNull();

        (await host.DisconnectAsync("acme")).Open.ShouldBeEmpty();
        number.Waba.IsAppSubscribed.ShouldBeFalse();
        (await host.ReadAsync("acme")).Numbers.ShouldHaveSingleItem().Token.ShouldBeNull();
    }

    [Fact]
    public async Task Of_two_tokens_a_dead_one_does_not_take_the_other_with_it()
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            PopupConnect.Configure(setup);
            setup["NumberChoice"] = "Chosen";
        });
        var first = AddNumber(host);
        await ConnectByPopupAsync(host, first);
        await ConnectByPopupAsync(host, first.Waba.AddNumber("+1 631-555-0101", "Two"));
        host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Error(403, 200)).On(GraphOperations.UnsubscribeApp, Fault.Error(401, 190));

        (await host.DisconnectAsync("acme")).Open.ShouldHaveSingleItem().Value.ShouldBe("permission_missing");

        host.Meta.Calls.Of(GraphOperations.UnsubscribeApp).Count.ShouldBe(2);
        (await host.ReadAsync("acme")).Numbers.ShouldAllBe(number => number.Token != null);
    }

    [Fact]
    public async Task Many_wabas_are_left_side_by_side()
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup["GraphAttemptTimeout"] = "00:00:03";
            setup.Services.PostConfigure<GraphOptions>(graph => graph.MaxRetries = 0);
        }, new MetaEmulatorOptions { Latency = TimeSpan.FromMilliseconds(20) });
        for (var i = 0; i < 8; i++)
            host.Meta.World.AddBusiness($"Business {i}").AddWaba("Main").AddNumber($"+1 631-555-010{i}", "One");
        await host.ConnectAsync("acme");
        host.Meta.Calls.Clear();
        host.Meta.Faults.On(GraphOperations.UnsubscribeApp, Fault.Hang(), int.MaxValue);

        (await host.DisconnectAsync("acme")).Open.Count.ShouldBe(8);

        host.Meta.Calls.LongestChain().ShouldBe(1);
    }

    [Fact]
    public async Task A_waba_whose_last_number_is_gone_is_left()
    {
        await using var host = await TheHost.StartAsync();
        var stays = AddNumber(host);
        var gone = host.Meta.World.AddBusiness("Second").AddWaba("Second").AddNumber("+1 631-555-0102", "Two");
        var empty = host.Meta.World.AddBusiness("Third").AddWaba("Empty");
        await host.ConnectAsync("acme");
        empty.IsAppSubscribed.ShouldBeFalse();
        gone.Remove();

        await host.ConnectAsync("acme");

        gone.Waba.IsAppSubscribed.ShouldBeFalse();
        stays.Waba.IsAppSubscribed.ShouldBeTrue();
    }

    private static async Task ConnectByPopupAsync(TheHost host, EmulatedNumber number)
    {
        using var api = host.OpenApi("acme");
        var answer = await api.PostAsync(new { code = host.Meta.IssuePopupCode(), state = await api.StartPopupStateAsync(), wabaId = number.Waba.Id, phoneNumberId = number.Id });
        (await ApiConnect.CodeOf(answer)).ShouldBe("connected");
    }

    private static EmulatedNumber AddNumber(TheHost host) => host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main").AddNumber("+1 631-555-0100", "One");
}
