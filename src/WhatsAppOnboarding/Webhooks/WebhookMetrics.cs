using System.Diagnostics.Metrics;
using WhatsAppOnboarding.Diagnostics;

namespace WhatsAppOnboarding.Webhooks;

/// <summary>Counts deliveries by result, and changes that no account receives.</summary>
internal sealed class WebhookMetrics
{
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _misses;

    public WebhookMetrics(IMeterFactory meters)
    {
        var meter = meters.CreateLibraryMeter();
        _deliveries = meter.CreateCounter<long>("whatsapp_onboarding.webhook.deliveries", "{delivery}", "Deliveries by result.");
        _misses = meter.CreateCounter<long>("whatsapp_onboarding.webhook.misses", "{change}", "Changes that no account receives.");
    }

    public void Received(string result) => _deliveries.Add(1, new KeyValuePair<string, object?>(TagNames.Outcome, result));

    public void Missed() => _misses.Add(1);
}
