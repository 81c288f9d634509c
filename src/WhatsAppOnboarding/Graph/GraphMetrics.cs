using System.Diagnostics.Metrics;
using WhatsAppOnboarding.Hosting;

namespace WhatsAppOnboarding.Graph;

/// <summary>Measures calls to Meta.</summary>
internal sealed class GraphMetrics(IMeterFactory meters)
{
    public const string DurationName = "whatsapp_onboarding.graph.duration";

    private readonly Histogram<double> _duration = meters.CreateLibraryMeter().CreateHistogram(
        DurationName,
        unit: "s",
        description: "How long calls to Meta's Graph API took, with all their attempts.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25] });

    public void Record(string operation, string outcome, TimeSpan duration) =>
        _duration.Record(duration.TotalSeconds, new(TagNames.Operation, operation), new(TagNames.Outcome, outcome));
}
