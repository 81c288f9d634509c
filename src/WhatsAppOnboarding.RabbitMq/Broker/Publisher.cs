using System.Threading.RateLimiting;
using RabbitMQ.Client;

namespace WhatsAppOnboarding.RabbitMq.Broker;

/// <summary>
/// Sends parts and answers when the broker has confirmed them. Has a connection of its own, for a broker that is short of memory or disk reads nothing more of one that sends: what is
/// done must be acknowledged all the same. A singleton.
/// </summary>
internal sealed class Publisher(BrokerConnections connections) : IAsyncDisposable
{
    private const int MostUnconfirmed = 1_000;

    /// <summary>How long a part may take to be confirmed, connecting included.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _opening = new(1);
    private IConnection? _connection;
    private IChannel? _channel;

    /// <summary>Whether the broker takes nothing in at the moment, because it is short of memory or disk.</summary>
    public bool IsBlocked { get; private set; }

    /// <summary>Ends when the broker has confirmed all of them, in its queues and on its disks.</summary>
    /// <exception cref="TimeoutException">It did not within the limit; it may still do.</exception>
    public async Task PublishAsync(string exchange, IReadOnlyList<(string Route, PartMessage Message)> messages)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            // The client's own waits do not all end with the token.
            await ConfirmAsync(exchange, messages, limit.Token).WaitAsync(Limit * 1.2, CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new TimeoutException("The broker did not confirm in time.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } connection)
            await BrokerConnections.CloseAsync(connection).ConfigureAwait(false);
        _opening.Dispose();
    }

    private async Task ConfirmAsync(string exchange, IReadOnlyList<(string Route, PartMessage Message)> messages, CancellationToken cancellationToken)
    {
        var channel = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(messages.Select(one =>
            channel.BasicPublishAsync(exchange, one.Route, mandatory: true, one.Message.Properties(), one.Message.Part.Body, cancellationToken).AsTask())).ConfigureAwait(false);
    }

    private async ValueTask<IChannel> OpenAsync(CancellationToken cancellationToken)
    {
        if (_channel is { IsOpen: true } open)
            return open;
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _channel is { IsOpen: true } channel ? channel : _channel = await OpenAnewAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _opening.Release();
        }
    }

    private async Task<IChannel> OpenAnewAsync(CancellationToken cancellationToken)
    {
        if (_connection is { } former)
            _ = BrokerConnections.CloseAsync(former);
        var connection = _connection = await connections.OpenAsync("takes", cancellationToken).ConfigureAwait(false);
        IsBlocked = false;
        connection.ConnectionBlockedAsync += (_, _) => NoteAsync(connection, true);
        connection.ConnectionUnblockedAsync += (_, _) => NoteAsync(connection, false);
        connection.ConnectionShutdownAsync += (_, _) => NoteAsync(connection, false);
        var limiter = new ConcurrencyLimiter(new() { PermitLimit = MostUnconfirmed, QueueLimit = int.MaxValue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
        return await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true, outstandingPublisherConfirmationsRateLimiter: limiter), cancellationToken).ConfigureAwait(false);
    }

    private Task NoteAsync(IConnection connection, bool isBlocked)
    {
        if (connection == _connection)
            IsBlocked = isBlocked;
        return Task.CompletedTask;
    }
}
