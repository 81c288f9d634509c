using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RabbitMQ.Client;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.RabbitMq.Broker;

/// <summary>
/// The names at the broker. One exchange leads to a queue for each shard and one for notices; another to queues without consumers in which a part waits, and from which the broker brings
/// it back to its queue when its time is over. A routing key is how long to wait and where to, such as <c>5s.3</c>.
/// </summary>
internal sealed class Topology(RabbitMqOptions options)
{
    /// <summary>The queue of what Meta says of numbers.</summary>
    public const string Notices = "notices";

    /// <summary>How often the broker itself brings a part again of which nothing comes: more often than the library needs to park its items.</summary>
    private const int DeliveryLimit = 50;

    private const string Parked = "parked";

    /// <summary>Waiting places of their own, so that what is put aside does not stand before what failed.</summary>
    private static readonly Dictionary<string, TimeSpan> Waits = WebhookRepeats.Distances.ToDictionary(Name).Concat(
        [KeyValuePair.Create("aside1s", TimeSpan.FromSeconds(1)), KeyValuePair.Create("aside5s", TimeSpan.FromSeconds(5))]).ToDictionary();

    /// <summary>Where a part is sent that is worked at once.</summary>
    public string Exchange => options.Prefix;

    /// <summary>Where a part is sent that is worked later.</summary>
    public string LaterExchange => options.Prefix + ".later";

    /// <summary>The queues that are worked, each by its key.</summary>
    public IReadOnlyList<string> Keys { get; } = [.. Enumerable.Range(0, options.Shards).Select(shard => shard.ToString(CultureInfo.InvariantCulture)), Notices];

    /// <summary>The queues in which parts wait for their time.</summary>
    public IEnumerable<string> LaterQueues => Waits.Keys.Select(wait => $"{LaterExchange}.{wait}");

    /// <summary>Those of them for what is put aside.</summary>
    public IEnumerable<string> AsideQueues => LaterQueues.Where(queue => queue.Contains(".aside", StringComparison.Ordinal));

    /// <summary>The key of the queue that a part belongs to.</summary>
    public string KeyOf(TakenDelivery part) => part.IsNotice
        ? Notices
        : (SHA256.HashData(Encoding.UTF8.GetBytes(part.Lane))[0] % options.Shards).ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// To this queue nothing is ever sent: how many consume from it is how many nodes there are. Of a queue that one node works at a time the broker does not tell who waits for it.
    /// </summary>
    public string NodesQueue => QueueOf("nodes");

    public string QueueOf(string key) => $"{options.Prefix}.{key}";

    public static string Now(string key) => "now." + key;

    /// <summary>The route of a part that failed so often in a row.</summary>
    public static string AfterFailures(int failures, string key) => Name(WebhookRepeats.Distances[Math.Clamp(failures, 1, WebhookRepeats.Distances.Count) - 1]) + "." + key;

    /// <summary>The route of a part that was postponed.</summary>
    public static string Postponed(string key) => AfterFailures(2, key);

    /// <summary>The route of a part of a number of which enough is in hand.</summary>
    public static string Aside(string key, bool isMoving) => (isMoving ? "aside1s." : "aside5s.") + key;

    /// <summary>Makes what is not there, or looks whether it is.</summary>
    /// <exception cref="RabbitMQ.Client.Exceptions.OperationInterruptedException">It is not there, or of another kind, or the user may not.</exception>
    public async Task EnsureAsync(IChannel channel, CancellationToken cancellationToken)
    {
        var declares = options.Topology is RabbitMqTopology.Declare;
        foreach (var exchange in new[] { Exchange, LaterExchange })
        {
            await (declares
                ? channel.ExchangeDeclareAsync(exchange, ExchangeType.Topic, durable: true, cancellationToken: cancellationToken)
                : channel.ExchangeDeclarePassiveAsync(exchange, cancellationToken)).ConfigureAwait(false);
        }

        await QueueAsync(NodesQueue, Exchange, null, []).ConfigureAwait(false);
        await QueueAsync(QueueOf(Parked), Exchange, Parked, []).ConfigureAwait(false);
        foreach (var key in Keys)
        {
            await QueueAsync(QueueOf(key), Exchange, "*." + key, new()
            {
                ["x-single-active-consumer"] = true,
                ["x-delivery-limit"] = DeliveryLimit,
                ["x-dead-letter-exchange"] = Exchange,
                ["x-dead-letter-routing-key"] = Parked,
            }).ConfigureAwait(false);
        }

        foreach (var (wait, time) in Waits)
        {
            await QueueAsync($"{LaterExchange}.{wait}", LaterExchange, wait + ".*", new()
            {
                ["x-message-ttl"] = (long)time.TotalMilliseconds,
                ["x-dead-letter-exchange"] = Exchange,
            }).ConfigureAwait(false);
        }

        async Task QueueAsync(string queue, string exchange, string? route, Dictionary<string, object?> arguments)
        {
            if (!declares)
            {
                await channel.QueueDeclarePassiveAsync(queue, cancellationToken).ConfigureAwait(false);
                return;
            }

            arguments["x-queue-type"] = "quorum";
            if (arguments.ContainsKey("x-dead-letter-exchange"))
            {
                // Else the broker may lose what it moves.
                arguments["x-dead-letter-strategy"] = "at-least-once";
                arguments["x-overflow"] = "reject-publish";
            }

            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (route is not null)
                await channel.QueueBindAsync(queue, exchange, route, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Name(TimeSpan wait) => $"{(int)wait.TotalSeconds}s";
}
