using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using WhatsAppOnboarding.RabbitMq.Broker;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.RabbitMq.Work;

/// <summary>
/// Works one queue while this node is the one that the broker chose for it: hands over what comes, in order, and acknowledges what is done, or what waits in another queue. On a channel of
/// its own: when that is closed, the broker gives all that is not acknowledged to the next node, in order.
/// </summary>
internal sealed partial class QueueConsumer(string key, BrokerConnections connections, Publisher publisher, IWebhookWork work, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan StoppingTime = TimeSpan.FromSeconds(20);

    private readonly InHand _inHand = new(time);
    private readonly CancellationTokenSource _stop = new();
    private IChannel? _channel;
    private volatile bool _isLeaving;
    private volatile bool _isEnded;
    private int _pending;

    public string Key => key;

    public bool IsOpen => _channel is { IsOpen: true } && !_isEnded;

    /// <summary>When something came last, so that this node is known to be the one that works it; null when nothing did.</summary>
    public long? LastAt { get; private set; }

    /// <summary>When Meta brought what came last and had neither failed nor been put aside.</summary>
    public DateTimeOffset? LastReceivedAt { get; private set; }

    /// <summary>How much of it this node has.</summary>
    public int Had => Pending + _inHand.Held;

    /// <summary>How much of it is under way.</summary>
    private int Pending => Volatile.Read(ref _pending);

    public async Task StartAsync(IConnection connection, CancellationToken cancellationToken)
    {
        var channel = _channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        await channel.BasicQosAsync(0, InHand.Window, global: false, cancellationToken).ConfigureAwait(false);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += ReceiveAsync;
        consumer.UnregisteredAsync += (_, _) => EndAsync();
        channel.ChannelShutdownAsync += (_, _) => EndAsync();
        await channel.BasicConsumeAsync(connections.Topology.QueueOf(key), autoAck: false, consumer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Begins nothing more, lets what is under way end, within a limit, and leaves the rest to others. Never throws.</summary>
    public async ValueTask DisposeAsync()
    {
        _isLeaving = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        var began = time.GetTimestamp();
        while (Pending > 0 && IsOpen && time.GetElapsedTime(began) < StoppingTime)
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_channel is { } channel)
                await channel.CloseAsync(CancellationToken.None).WaitAsync(StoppingTime, time).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogNotLeft(exception, key);
        }
    }

    /// <summary>Another node has what was not acknowledged: what is not begun is not begun.</summary>
    private Task EndAsync()
    {
        (_isEnded, _isLeaving) = (true, true);
        return _stop.CancelAsync();
    }

    /// <summary>Called one after the other. What is under way when the node leaves is not begun, and stays unacknowledged.</summary>
    private async Task ReceiveAsync(object sender, BasicDeliverEventArgs received)
    {
        if (_isLeaving)
            return;
        if (LastAt is null && await IsAnyAsideAsync().ConfigureAwait(false))
            _inHand.Settle();
        var message = PartMessage.Read(received.BasicProperties, received.Body);
        LastAt = time.GetTimestamp();
        if (message is { Failures: 0, Place: null })
            LastReceivedAt = message.Part.ReceivedAt;
        Begin(_inHand.Enter(new TakenMessage(message, received.DeliveryTag), out var aside, out var isMoving));
        if (aside is { } later)
        {
            Interlocked.Increment(ref _pending);
            _ = CloseAsync(later.Tag, Topology.Aside(key, isMoving), later.Message);
        }
    }

    /// <summary>Whether something may have been put aside before this node came to work the queue.</summary>
    private async Task<bool> IsAnyAsideAsync()
    {
        foreach (var queue in connections.Topology.AsideQueues)
        {
            if ((await _channel!.QueueDeclarePassiveAsync(queue, _stop.Token).ConfigureAwait(false)).MessageCount > 0)
                return true;
        }

        return false;
    }

    /// <summary>Begins what waits no longer for what should come before it. To be called now and then.</summary>
    public void GoOn()
    {
        if (!_isLeaving)
            Begin(_inHand.Due());
    }

    private void Begin(IReadOnlyList<TakenMessage> taken)
    {
        foreach (var (message, tag) in taken)
        {
            Interlocked.Increment(ref _pending);
            _ = WorkAsync(message, tag);
        }
    }

    private async Task WorkAsync(PartMessage message, ulong tag)
    {
        var result = await work.WorkAsync(message.Part, _stop.Token).ConfigureAwait(false);
        _inHand.Leave(message, result is WorkResult.Done);
        await (result switch
        {
            WorkResult.Done => CloseAsync(tag),
            WorkResult.Failed => CloseAsync(tag, Topology.AfterFailures(message.Failures + 1, key), message with { Failures = message.Failures + 1, Place = null }),

            // What was not begun when the node leaves is the next one's.
            _ when _isLeaving => CloseAsync(null),
            _ => CloseAsync(tag, Topology.Postponed(key), message with { Place = null }),
        }).ConfigureAwait(false);
    }

    /// <summary>Acknowledges, where it goes on elsewhere only after that is confirmed. Never throws: what cannot be acknowledged comes again.</summary>
    private async Task CloseAsync(ulong? tag, string? route = null, PartMessage? message = null)
    {
        try
        {
            for (var tries = 1; route is not null && !await TryPublishAsync(route, message!).ConfigureAwait(false); tries++)
            {
                if (!IsOpen)
                    return;
                await Task.Delay(WebhookRepeats.After(Math.Min(tries, 2)), time, CancellationToken.None).ConfigureAwait(false);
            }

            if (tag is { } delivered && _channel is { IsOpen: true } channel)
                await channel.BasicAckAsync(delivered, multiple: false).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogNotEnded(exception, key);
        }
        finally
        {
            Interlocked.Decrement(ref _pending);
        }
    }

    private async Task<bool> TryPublishAsync(string route, PartMessage message)
    {
        try
        {
            await publisher.PublishAsync(connections.Topology.LaterExchange, [(route, message)]).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception)
        {
            LogNotPutOff(exception, key);
            return false;
        }
    }

    [LoggerMessage(1703, LogLevel.Warning, "What is to be worked later of the queue {Queue} was not taken by the broker; it is tried again")]
    private partial void LogNotPutOff(Exception exception, string queue);

    [LoggerMessage(1704, LogLevel.Debug, "A part of the queue {Queue} could not be acknowledged; it comes again, and what is finished of it is not done twice")]
    private partial void LogNotEnded(Exception exception, string queue);

    [LoggerMessage(1705, LogLevel.Debug, "The queue {Queue} could not be left in order; the broker gives it to another node when the connection ends")]
    private partial void LogNotLeft(Exception exception, string queue);
}
