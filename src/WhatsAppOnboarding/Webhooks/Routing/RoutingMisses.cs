using Microsoft.Extensions.Logging;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Counts what no account receives, and says so once in a while, so that a flood of it fills no log.</summary>
internal sealed partial class RoutingMisses(WebhookMetrics metrics, TimeProvider time, ILogger<RoutingMisses> logger)
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _unsaid;
    private DateTimeOffset _saidAt = DateTimeOffset.MinValue;

    public void Add(IReadOnlyCollection<WebhookChange> missed)
    {
        metrics.Missed(missed.Count);
        long count;
        lock (_gate)
        {
            _unsaid += missed.Count;
            if (time.GetUtcNow() - _saidAt < Silence)
                return;
            (count, _unsaid, _saidAt) = (_unsaid, 0, time.GetUtcNow());
        }

        var one = missed.First();
        Log.Missed(logger, count, (one.NamedWaba ?? one.EntryId)?.ToString(), one.Number?.ToString());
    }

    private static partial class Log
    {
        [LoggerMessage(1520, LogLevel.Information, "No account receives {Count} changes since this was last said, the last one of WABA {Waba}, number {Number}; they were acknowledged and dropped")]
        public static partial void Missed(ILogger logger, long count, string? waba, string? number);
    }
}
