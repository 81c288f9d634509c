using Microsoft.Extensions.Options;
using WhatsAppOnboarding.RabbitMq.Broker;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.RabbitMq.Intake;

/// <summary>Sends deliveries to the broker, and answers when it has confirmed them. A singleton.</summary>
internal sealed class RabbitMqIntake(BrokerConnections connections, Publisher publisher, IOptionsMonitor<WhatsAppOnboardingOptions> options, TimeProvider time) : IWebhookIntake
{
    private const long MostBytesWaiting = 64 * 1024 * 1024;

    private long _bytes;

    public IntakeBacklog? Backlog { get; private set; }

    public async Task<DeliveryAnswer> TakeAsync(TakenDelivery delivery, CancellationToken cancellationToken)
    {
        var parts = delivery.Split();
        if (parts.Count == 0)
            return DeliveryAnswer.Ok;
        if (Backlog is { IsTooMuch: true })
            return DeliveryAnswer.Backlog;
        if (publisher.IsBlocked || Interlocked.Read(ref _bytes) > MostBytesWaiting)
            return DeliveryAnswer.Busy;

        Interlocked.Add(ref _bytes, delivery.Body.Length);
        try
        {
            var topology = connections.Topology;

            // The body is the request's own, and the client may look at it for longer than anybody waits.
            (string, PartMessage)[] messages = [.. parts.Select(part => (Topology.Now(topology.KeyOf(part)), new PartMessage(part with { Body = part.Body.ToArray() })))];
            await publisher.PublishAsync(topology.Exchange, messages).WaitAsync(cancellationToken).ConfigureAwait(false);
            return DeliveryAnswer.Ok;
        }
        catch (TimeoutException) when (publisher.IsBlocked)
        {
            return DeliveryAnswer.Busy;
        }
        finally
        {
            Interlocked.Add(ref _bytes, -delivery.Body.Length);
        }
    }

    /// <summary>What waits, as was just seen.</summary>
    public void Note(long depth, TimeSpan oldestAge)
    {
        var limits = options.CurrentValue.Webhooks;
        Backlog = new IntakeBacklog { Depth = depth, OldestAge = oldestAge, At = time.GetUtcNow(), IsTooMuch = depth >= limits.MaxBacklog || oldestAge >= limits.MaxBacklogAge };
    }
}
