using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>What no account receives: counted, and logged once in a while, so that a flood of it fills no log.</summary>
internal sealed partial class MissedChanges(LibraryMetrics metrics, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _unsaid;
    private DateTimeOffset _saidAt = DateTimeOffset.MinValue;

    public void Note(IReadOnlyCollection<WebhookChange> changes)
    {
        metrics.ChangesMissed(changes.Count);
        long count;
        lock (_gate)
        {
            _unsaid += changes.Count;
            if (time.GetUtcNow() - _saidAt < Silence)
                return;
            (count, _unsaid, _saidAt) = (_unsaid, 0, time.GetUtcNow());
        }

        var one = changes.First();
        LogMissed(count, (one.NamedWaba ?? one.EntryId)?.ToString(), one.Number?.ToString());
    }

    [LoggerMessage(1520, LogLevel.Information, "No account receives {Count} changes since this was last said, the last one of WABA {Waba}, number {Number}; they were acknowledged and dropped")]
    private partial void LogMissed(long count, string? waba, string? number);
}
