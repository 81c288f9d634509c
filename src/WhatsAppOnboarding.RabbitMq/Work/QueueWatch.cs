using RabbitMQ.Client;
using WhatsAppOnboarding.RabbitMq.Broker;
using WhatsAppOnboarding.RabbitMq.Intake;

namespace WhatsAppOnboarding.RabbitMq.Work;

/// <summary>Looks how much waits, and whether this node works more queues than its share.</summary>
internal sealed class QueueWatch(Topology topology, RabbitMqIntake intake, TimeProvider time)
{
    /// <summary>A queue of which nothing came for so long may be another's.</summary>
    private static readonly TimeSpan Recently = TimeSpan.FromSeconds(5);

    private long _sharedAt = time.GetTimestamp();

    /// <summary>The consumers that should leave their queue to another node.</summary>
    public async Task<IReadOnlyCollection<QueueConsumer>> LookAsync(IConnection connection, IReadOnlyCollection<QueueConsumer> consumers, CancellationToken cancellationToken)
    {
        var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await using (channel.ConfigureAwait(false))
        {
            var (depth, age) = (0L, TimeSpan.Zero);
            foreach (var consumer in consumers)
            {
                var seen = await channel.QueueDeclarePassiveAsync(topology.QueueOf(consumer.Key), cancellationToken).ConfigureAwait(false);
                depth += seen.MessageCount + consumer.Had;

                // What waits behind the last that came is younger than that.
                if (seen.MessageCount > 0 && consumer.LastReceivedAt is { } last && time.GetUtcNow() - last > age)
                    age = time.GetUtcNow() - last;
            }

            foreach (var queue in topology.LaterQueues)
                depth += (await channel.QueueDeclarePassiveAsync(queue, cancellationToken).ConfigureAwait(false)).MessageCount;
            intake.Note(depth, age);
            return Surplus(consumers, (int)(await channel.QueueDeclarePassiveAsync(topology.NodesQueue, cancellationToken).ConfigureAwait(false)).ConsumerCount);
        }
    }

    /// <summary>The broker gives a queue to whoever asked first, so after a start one node would have them all.</summary>
    private QueueConsumer[] Surplus(IReadOnlyCollection<QueueConsumer> consumers, int nodes)
    {
        if (nodes <= 1 || time.GetElapsedTime(_sharedAt) < Recently)
            return [];
        _sharedAt = time.GetTimestamp();
        var share = (consumers.Count + nodes - 1) / nodes;
        return [.. consumers.Where(one => one.LastAt is { } at && time.GetElapsedTime(at) < Recently).Skip(share)];
    }
}
