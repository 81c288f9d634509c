using System.Diagnostics.Metrics;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Counts deliveries by result, changes that no account receives, and items that are parked.</summary>
internal sealed class WebhookMetrics
{
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _misses;
    private readonly Counter<long> _parked;

    public WebhookMetrics(IMeterFactory meters)
    {
        var meter = meters.CreateLibraryMeter();
        _deliveries = meter.CreateCounter<long>("whatsapp_onboarding.webhook.deliveries", "{delivery}", "Deliveries by result.");
        _misses = meter.CreateCounter<long>("whatsapp_onboarding.webhook.misses", "{change}", "Changes that no account receives.");
        _parked = meter.CreateCounter<long>("whatsapp_onboarding.webhook.parked", "{item}", "Items that failed too often.");
    }

    public void Received(string result) => _deliveries.Add(1, new KeyValuePair<string, object?>(TagNames.Outcome, result));

    public void Missed(int count) => _misses.Add(count);

    public void Parked() => _parked.Add(1);
}
