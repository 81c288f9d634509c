using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>
/// Counts deliveries by result, changes that no account receives, and items that are parked. What no account receives is also logged, once in a while, so
/// that a flood of it fills no log.
/// </summary>
internal sealed partial class WebhookMetrics
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _misses;
    private readonly Counter<long> _parked;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private long _unsaid;
    private DateTimeOffset _saidAt = DateTimeOffset.MinValue;

    public WebhookMetrics(IMeterFactory meters, TimeProvider time, ILogger<WebhookMetrics> logger)
    {
        var meter = meters.CreateLibraryMeter();
        _deliveries = meter.CreateCounter<long>("whatsapp_onboarding.webhook.deliveries", "{delivery}", "Deliveries by result.");
        _misses = meter.CreateCounter<long>("whatsapp_onboarding.webhook.misses", "{change}", "Changes that no account receives.");
        _parked = meter.CreateCounter<long>("whatsapp_onboarding.webhook.parked", "{item}", "Items that failed too often.");
        (_time, _logger) = (time, logger);
    }

    public void Received(string result) => _deliveries.Add(1, new KeyValuePair<string, object?>(TagNames.Outcome, result));

    public void Parked() => _parked.Add(1);

    public void Missed(IReadOnlyCollection<WebhookChange> changes)
    {
        _misses.Add(changes.Count);
        long count;
        lock (_gate)
        {
            _unsaid += changes.Count;
            if (_time.GetUtcNow() - _saidAt < Silence)
                return;
            (count, _unsaid, _saidAt) = (_unsaid, 0, _time.GetUtcNow());
        }

        var one = changes.First();
        LogMissed(count, (one.NamedWaba ?? one.EntryId)?.ToString(), one.Number?.ToString());
    }

    [LoggerMessage(1520, LogLevel.Information, "No account receives {Count} changes since this was last said, the last one of WABA {Waba}, number {Number}; they were acknowledged and dropped")]
    private partial void LogMissed(long count, string? waba, string? number);
}
