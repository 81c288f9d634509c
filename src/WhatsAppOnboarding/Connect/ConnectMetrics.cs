using System.Diagnostics.Metrics;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Connect;

/// <summary>Measures attempts to connect.</summary>
internal sealed class ConnectMetrics(IMeterFactory meters)
{
    private readonly Histogram<double> _duration = meters.CreateLibraryMeter().CreateHistogram<double>(
        "whatsapp_onboarding.connect.duration", unit: "s", description: "How long attempts to connect took, by outcome.");

    public void Ended(string outcome, TimeSpan duration) => _duration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>(TagNames.Outcome, outcome));
}
