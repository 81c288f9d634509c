using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using WhatsAppOnboarding.Tests.Framework;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.RabbitMq.Tests;

/// <summary>What is taken on one node arrives on another as it was.</summary>
[Collection(nameof(TheBroker))]
public sealed class TravelTests
{
    private const string Notice = """{"object":"whatsapp_business_account","entry":[{"id":"900","time":1790000000,"changes":[{"field":"account_update","value":{"event":"PARTNER_REMOVED"}}]}]}""";

    [Fact]
    public async Task A_part_arrives_with_all_that_was_known_of_it_and_says_when_it_was_begun_before()
    {
        using var wire = new Wire();
        HangingWork[] works = [new(), new()];
        await using var nodes = await BrokerNodes.StartAsync(nodes: 2, (setup, node) =>
        {
            setup["RabbitMq:Uri"] = node == 0 ? wire.Uri : TheBroker.Uri;
            setup.Services.AddSingleton<IWebhookWork>(works[node]);
        });
        var receivedAt = new DateTimeOffset(2026, 3, 4, 5, 6, 7, 89, TimeSpan.Zero);
        const string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        foreach (var body in new[] { BrokerNodes.Message("one"), Notice })
            await nodes.IntakeOf(1).TakeAsync(new TakenDelivery { Body = Encoding.UTF8.GetBytes(body), ReceivedAt = receivedAt, TraceParent = trace });
        await Eventually.TrueAsync(() => works[0].Begun.Count == 2, "both to be begun");

        wire.Cut();
        await Eventually.TrueAsync(() => works[1].Begun.Count == 2, "the other node to have both");

        works[1].Begun.Select(part => (part.Lane, part.Number, part.IsNotice, part.ReceivedAt, part.TraceParent)).Order()
            .ShouldBe([("900", "", true, receivedAt, trace), ("900", "106", false, receivedAt, trace)]);
        works[1].Begun.Select(part => Encoding.UTF8.GetString(part.Body.Span)).ShouldBe([BrokerNodes.Message("one"), Notice], ignoreOrder: true);
        works[0].Begun.ShouldAllBe(part => part.Tries == 1);
        works[1].Begun.ShouldAllBe(part => part.Tries == 2);
    }

    /// <summary>Begins everything and ends nothing before the node does.</summary>
    private sealed class HangingWork : IWebhookWork
    {
        public ConcurrentQueue<TakenDelivery> Begun { get; } = new();

        public async Task<WorkResult> WorkAsync(TakenDelivery delivery, CancellationToken cancellationToken)
        {
            Begun.Enqueue(delivery);
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return WorkResult.Postponed;
        }
    }
}
