using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace WhatsAppOnboarding.RabbitMq.Broker;

/// <summary>Makes connections. They do not mend themselves: whoever has one makes another when it is gone, for only so is it certain what is still under way on it. A singleton.</summary>
internal sealed class BrokerConnections(IOptions<RabbitMqOptions> options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public Topology Topology { get; } = new(options.Value);

    /// <summary>A connection to a broker on which all exchanges and queues are.</summary>
    /// <param name="purpose">What it is for, as the broker shows it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IConnection> OpenAsync(string purpose, CancellationToken cancellationToken)
    {
        var connection = await Factory().CreateConnectionAsync($"{options.Value.Prefix} {purpose} {Environment.MachineName}", cancellationToken).ConfigureAwait(false);
        try
        {
            var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            await using (channel.ConfigureAwait(false))
                await Topology.EnsureAsync(channel, cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await CloseAsync(connection).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Closes a connection that may be broken. Never throws.</summary>
    public static async Task CloseAsync(IConnection connection)
    {
        try
        {
            await connection.AbortAsync(Patience).WaitAsync(Patience, TimeProvider.System).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It is gone, and that is what was wanted.
        }

        _ = Task.Run(connection.Dispose, CancellationToken.None);
    }

    private ConnectionFactory Factory()
    {
        var settings = options.Value;
        var factory = new ConnectionFactory
        {
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            RequestedConnectionTimeout = Patience,
            ContinuationTimeout = 2 * Patience,
            HandshakeContinuationTimeout = Patience,
        };
        if (settings.Uri is { } uri)
        {
            factory.Uri = new Uri(uri);
            return factory;
        }

        (factory.HostName, factory.UserName, factory.Password, factory.VirtualHost) = (settings.Host!, settings.User!, settings.Password!, settings.VirtualHost);
        if (settings.UseTls)
            factory.Ssl = new SslOption(settings.Host!) { Enabled = true };
        factory.Port = settings.Port ?? (settings.UseTls ? 5671 : 5672);
        return factory;
    }
}
