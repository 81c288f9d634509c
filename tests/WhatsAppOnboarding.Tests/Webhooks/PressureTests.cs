using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Webhooks;

public sealed class PressureTests
{
    [Fact]
    public async Task Over_the_limit_a_delivery_is_turned_away_at_once_and_taken_when_there_is_room()
    {
        var gate = new Gate();
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup["Webhooks:MaxDeliveriesInFlight"] = "1";
            setup.Services.AddSingleton(gate);
            setup.Library = library => library.AddWebhookHandler<WaitingHandler>();
        });
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        using var client = host.OpenApi(null);

        var first = client.DeliverAsync(host, SignedPost.Text(waba.Id, number.Id, "first"));
        await gate.Reached.Task;
        var second = await client.DeliverAsync(host, SignedPost.Text(waba.Id, number.Id, "second"));
        second.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        second.Headers.RetryAfter.ShouldNotBeNull();
        gate.Open.SetResult();
        (await first).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await client.DeliverAsync(host, SignedPost.Text(waba.Id, number.Id, "second"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_handler_that_does_not_end_is_left_behind_when_the_time_is_over()
    {
        var gate = new Gate();
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup["Webhooks:DeliveryTimeout"] = "00:00:01";
            setup.Services.AddSingleton(gate);
            setup.Library = library => library.AddWebhookHandler<WaitingHandler>();
        });
        var waba = host.Meta.World.AddBusiness("Lucky Shrub").AddWaba("Main");
        var number = waba.AddNumber("+1 631-555-0100", "One");
        await host.ConnectAsync("acme");
        using var client = host.OpenApi(null);

        (await client.DeliverAsync(host, SignedPost.Text(waba.Id, number.Id, "first"))).StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        gate.Seen.ShouldNotBeNull().IsCancellationRequested.ShouldBeTrue();
        gate.Open.SetResult();

        // It ends beside this test, and until it has the item is not begun again: Meta comes until it is taken.
        await Eventually.TrueAsync(
            async () => (await client.DeliverAsync(host, SignedPost.Text(waba.Id, number.Id, "first"))).StatusCode is HttpStatusCode.OK,
            "the item to be handled after the handler has ended");
    }

    [Fact]
    public async Task An_authority_that_does_not_answer_in_time_makes_the_delivery_come_again()
    {
        await using var host = await TheHost.StartAsync(setup =>
        {
            setup["Webhooks:DeliveryTimeout"] = "00:00:01";
            setup.Services.AddScoped(_ => DispatchProxy.Create<IPhoneNumberStore, SilentStore>());
        });
        using var client = host.OpenApi(null);

        (await client.DeliverAsync(host, SignedPost.Text("998", "999", "first"))).StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    private sealed class Gate
    {
        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public CancellationToken? Seen { get; set; }
    }

    /// <summary>Waits for the gate and not for its token.</summary>
    private sealed class WaitingHandler(Gate gate) : IWebhookHandler
    {
        public async Task HandleAsync(WebhookEvent webhookEvent, CancellationToken cancellationToken)
        {
            gate.Seen = cancellationToken;
            gate.Reached.TrySetResult();
            await gate.Open.Task;
        }
    }

    /// <summary>Looks for holders until it is told to stop.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "A proxy is made by deriving from it.")]
    private class SilentStore : DispatchProxy
    {
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => WaitAsync((CancellationToken)args![^1]!);

        private static async Task<IReadOnlyList<PhoneNumber>> WaitAsync(CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return [];
        }
    }
}
