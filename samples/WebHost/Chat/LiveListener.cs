using Npgsql;

namespace WebHost.Chat;

/// <summary>Hears on PostgreSQL what any node tells, this one too. What was told while nobody listened is gone, so after a lost connection pages read everything again.</summary>
public sealed partial class LiveListener(string connectionString, LiveFeed feed, ILogger<LiveListener> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A connection of its own, which notices within seconds when the other end is gone.
    private readonly string _connectionString = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 10, Multiplexing = false }.ConnectionString;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (Exception lost) when (lost is NpgsqlException or IOException or TimeoutException)
            {
                LogLost(lost);
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(_connectionString);
        connection.Notification += (_, told) =>
        {
            if (LiveNews.Read(told.Payload) is { } news)
                feed.Take(news);
        };
        await connection.OpenAsync(cancellationToken);
        await using (var listen = new NpgsqlCommand($"LISTEN {LiveWire.Channel}", connection))
            await listen.ExecuteNonQueryAsync(cancellationToken);
        feed.ReadAgain();
        while (true)
            await connection.WaitAsync(cancellationToken);
    }

    [LoggerMessage(1, LogLevel.Warning, "Nothing is heard of other nodes until the database is reached again; open pages then read everything again")]
    private partial void LogLost(Exception lost);
}
