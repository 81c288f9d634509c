using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using WhatsAppOnboarding.RabbitMq.Broker;
using WhatsAppOnboarding.RabbitMq.Intake;
using WhatsAppOnboarding.Stores;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.RabbitMq.Work;

/// <summary>Works what was taken, on a connection that is made again whenever it is gone; and looks every two seconds how much waits.</summary>
internal sealed partial class RabbitMqWorker(
    BrokerConnections connections, Publisher publisher, RabbitMqIntake intake, IWebhookWork work, IServiceProviderIsService services, IOptions<RabbitMqOptions> options,
    IOptionsMonitor<WhatsAppOnboardingOptions> library, TimeProvider time, ILogger<RabbitMqWorker> logger)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private bool _isSilent;

    /// <summary>Whether this node is connected to work; what it takes goes another way.</summary>
    public bool IsConnected { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The host's start is not to wait for the broker.
        await Task.Yield();
        if (!services.IsService(typeof(IWebhookLedger)) || !library.CurrentValue.Webhooks.UseLedger)
            LogNoLedger();
        if (!library.CurrentValue.Webhooks.UseInbox)
            LogNotUsed();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                if (!_isSilent)
                    LogSilent(exception, options.Value.ToString());
                _isSilent = true;
            }
            catch (OperationCanceledException)
            {
                // The node stops.
            }

            IsConnected = false;
            await Task.Delay(WebhookRepeats.After(1), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One connection, until it is gone or the node stops.</summary>
    private async Task RunAsync(CancellationToken stoppingToken)
    {
        var connection = await connections.OpenAsync("works", stoppingToken).ConfigureAwait(false);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        connection.ConnectionShutdownAsync += (_, _) => end.CancelAsync();
        List<QueueConsumer> consumers = [];
        try
        {
            var presence = await connection.CreateChannelAsync(cancellationToken: end.Token).ConfigureAwait(false);
            await presence.BasicConsumeAsync(connections.Topology.NodesQueue, autoAck: true, new AsyncEventingBasicConsumer(presence), end.Token).ConfigureAwait(false);
            foreach (var key in connections.Topology.Keys)
                consumers.Add(await BeginAsync(connection, key, end.Token).ConfigureAwait(false));
            IsConnected = true;
            if (_isSilent)
                LogBack();
            _isSilent = false;

            var watch = new QueueWatch(connections.Topology, intake, time);
            while (connection.IsOpen)
            {
                foreach (var consumer in consumers)
                    consumer.GoOn();
                var surplus = await watch.LookAsync(connection, consumers, end.Token).ConfigureAwait(false);
                QueueConsumer[] leaving = [.. consumers.Where(one => !one.IsOpen || surplus.Contains(one))];
                await LeaveAsync(leaving).ConfigureAwait(false);
                foreach (var consumer in leaving)
                {
                    // To the end of the line of those who wait for this queue.
                    consumers.Remove(consumer);
                    consumers.Add(await BeginAsync(connection, consumer.Key, end.Token).ConfigureAwait(false));
                }

                await Task.Delay(Every, time, end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            throw new InvalidOperationException($"The connection ended: {connection.CloseReason?.ReplyText}");
        }
        finally
        {
            await LeaveAsync(consumers).ConfigureAwait(false);
            await BrokerConnections.CloseAsync(connection).ConfigureAwait(false);
        }
    }

    private static Task LeaveAsync(IEnumerable<QueueConsumer> consumers) => Task.WhenAll(consumers.Select(consumer => consumer.DisposeAsync().AsTask()));

    private async Task<QueueConsumer> BeginAsync(IConnection connection, string key, CancellationToken stoppingToken)
    {
        var consumer = new QueueConsumer(key, connections, publisher, work, time, logger);
        await consumer.StartAsync(connection, stoppingToken).ConfigureAwait(false);
        return consumer;
    }

    [LoggerMessage(1700, LogLevel.Error, "This node cannot work with the broker {Broker}: deliveries are answered 503, so that Meta keeps them, and what was taken waits; it goes on trying. Look whether the broker is reached, whether user, password and virtual host are right, whether the user may configure, read and write what begins with the prefix, and whether queues were made with other settings")]
    private partial void LogSilent(Exception exception, string broker);

    [LoggerMessage(1701, LogLevel.Information, "This node works with the broker again")]
    private partial void LogBack();

    [LoggerMessage(1702, LogLevel.Warning, "There is no webhook ledger: what a broker brings twice is handled twice, and nothing is parked. Add durable stores, for example with AddEntityFrameworkStores<TContext>(), and leave WhatsAppOnboarding:Webhooks:UseLedger on")]
    private partial void LogNoLedger();

    [LoggerMessage(1706, LogLevel.Warning, "WhatsAppOnboarding:Webhooks:UseInbox is false, so deliveries are worked before they are answered and the broker takes in nothing; what waits there is still worked. Leave it on, or leave AddRabbitMqIntake() out")]
    private partial void LogNotUsed();
}
