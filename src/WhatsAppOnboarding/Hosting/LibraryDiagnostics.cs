using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace WhatsAppOnboarding.Hosting;

/// <summary>Where every span of this library is created; its instruments are in <see cref="LibraryMetrics"/>.</summary>
internal static class LibraryDiagnostics
{
    /// <summary>The library's version, without the commit: <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(LibraryDiagnostics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";

    public static ActivitySource Activities { get; } = new(WhatsAppOnboardingOptions.TelemetryName, Version);
}

/// <summary>The names of tags on spans and measurements. Their values come from fixed lists or are numbers of Meta; never ids, tokens or texts.</summary>
internal static class TagNames
{
    /// <summary>What was done, such as <c>list_phone_numbers</c>.</summary>
    public const string Operation = "whatsapp_onboarding.operation";

    /// <summary>How it ended: <c>ok</c>, <c>canceled</c> or the kind of failure.</summary>
    public const string Outcome = "whatsapp_onboarding.outcome";

    /// <summary>The <see cref="Outcome"/> of what succeeded.</summary>
    public const string Ok = "ok";

    /// <summary>How an attempt went to Meta: <c>redirect</c> or <c>popup</c>.</summary>
    public const string Way = "whatsapp_onboarding.way";

    /// <summary>The language in which the host spoke, such as <c>es</c>.</summary>
    public const string Language = "whatsapp_onboarding.language";

    /// <summary>The step of an attempt or of a number, such as <c>subscribe</c>.</summary>
    public const string Step = "whatsapp_onboarding.step";

    /// <summary>The kind of an account event, such as <c>reconnected</c>.</summary>
    public const string Event = "whatsapp_onboarding.event";

    /// <summary>The code of a reason of readiness, such as <c>token_invalid</c>.</summary>
    public const string Reason = "whatsapp_onboarding.reason";

    /// <summary>The HTTP status of Meta's answer.</summary>
    public const string HttpStatus = "http.response.status_code";

    /// <summary>Meta's error code.</summary>
    public const string MetaCode = "whatsapp_onboarding.meta.code";

    /// <summary>Meta's error subcode.</summary>
    public const string MetaSubcode = "whatsapp_onboarding.meta.subcode";

    /// <summary>Meta's id of a failed request.</summary>
    public const string MetaTraceId = "whatsapp_onboarding.meta.trace_id";
}

/// <summary>
/// What the library measures: attempts, steps, calls to Meta, webhooks, account events, upkeep, tokens and readiness. The values of all tags come from fixed lists.
/// docs/telemetry.md is made from what is created here.
/// </summary>
internal sealed class LibraryMetrics
{
    private readonly Histogram<double> _connect;
    private readonly Counter<long> _starts;
    private readonly Counter<long> _abandoned;
    private readonly Counter<long> _steps;
    private readonly Histogram<double> _graph;
    private readonly Counter<long> _deliveries;
    private readonly Counter<long> _worked;
    private readonly Histogram<double> _latency;
    private readonly Counter<long> _misses;
    private readonly Counter<long> _parked;
    private readonly Counter<long> _events;
    private readonly Histogram<double> _upkeep;
    private readonly Histogram<double> _proofAge;
    private readonly Histogram<double> _tokenLeft;
    private readonly Counter<long> _readiness;

    public LibraryMetrics(IMeterFactory meters)
    {
        // The factory hands out the same meter each time and disposes of it.
        var meter = meters.Create(new MeterOptions(WhatsAppOnboardingOptions.TelemetryName) { Version = LibraryDiagnostics.Version });
        _connect = meter.CreateHistogram("whatsapp_onboarding.connect.duration", "s", "How long attempts to connect took, from the return from Meta.", advice: Bounds(0.5, 1, 2, 5, 10, 20, 40, 60));
        _starts = meter.CreateCounter<long>("whatsapp_onboarding.connect.starts", "{attempt}", "Attempts to connect that began.");
        _abandoned = meter.CreateCounter<long>("whatsapp_onboarding.connect.abandoned", "{attempt}", "Attempts to connect that ended without a code from Meta.");
        _steps = meter.CreateCounter<long>("whatsapp_onboarding.steps", "{step}", "Steps of attempts and of numbers that ended, whoever began them.");
        _graph = meter.CreateHistogram("whatsapp_onboarding.graph.duration", "s", "How long calls to Meta's Graph API took, with all their attempts.", advice: Bounds(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25));
        _deliveries = meter.CreateCounter<long>("whatsapp_onboarding.webhook.deliveries", "{delivery}", "Deliveries of webhooks by what was answered.");
        _worked = meter.CreateCounter<long>("whatsapp_onboarding.webhook.worked", "{delivery}", "Goes at deliveries that were taken, by what came of them.");
        _latency = meter.CreateHistogram("whatsapp_onboarding.webhook.latency", "s", "How long it took from the arrival of a delivery that was taken until all of it was done.", advice: Bounds(0.01, 0.05, 0.1, 0.5, 1, 2, 10, 60, 600));
        meter.CreateObservableGauge("whatsapp_onboarding.inbox.depth", () => Waiting().Depth, "{delivery}", "Deliveries that were taken and are not done, over all nodes, as this one saw it last.");
        meter.CreateObservableGauge("whatsapp_onboarding.inbox.oldest_age", () => Waiting().OldestAge.TotalSeconds, "s", "For how long the oldest of them has waited for its turn, of WABAs of which nothing waits that has failed; it is 0 while a handler fails on everything, so look at depth and at webhook.worked, too. Over a broker: of the queues that this node works.");
        _misses = meter.CreateCounter<long>("whatsapp_onboarding.webhook.misses", "{change}", "Changes that no account receives.");
        _parked = meter.CreateCounter<long>("whatsapp_onboarding.webhook.parked", "{item}", "Webhook items that failed too often.");
        _events = meter.CreateCounter<long>("whatsapp_onboarding.account_events", "{event}", "Times that an account event was handed to the host's handlers.");
        _upkeep = meter.CreateHistogram("whatsapp_onboarding.upkeep.duration", "s", "How long a round of upkeep of one account took.", advice: Bounds(0.1, 0.5, 1, 2, 5, 10, 30, 60, 120));
        _proofAge = meter.CreateHistogram("whatsapp_onboarding.upkeep.proof_age", "s", "How old the last proof that Meta shows a number was when upkeep came to look again.", advice: Bounds(900, 3_600, 10_800, 21_600, 25_200, 43_200, 86_400, 172_800));
        _tokenLeft = meter.CreateHistogram("whatsapp_onboarding.token.remaining", "d", "How long the token of a number has left, at each inspection; not of tokens whose end nobody knows.", advice: Bounds(0, 1, 7, 14, 17, 30, 60, 90));
        _readiness = meter.CreateCounter<long>("whatsapp_onboarding.readiness.changes", "{change}", "Reasons that numbers came to need attention for, and that were over.");
    }

    /// <summary>Says what waits in the inbox, and for how long; set by whoever takes deliveries.</summary>
    public Func<(long Depth, TimeSpan OldestAge)> Waiting { private get; set; } = () => default;

    public void ConnectEnded(string way, string outcome, TimeSpan duration) => _connect.Record(duration.TotalSeconds, Of(TagNames.Way, way), Of(TagNames.Outcome, outcome));

    public void ConnectStarted(string way, string language) => _starts.Add(1, Of(TagNames.Way, way), Of(TagNames.Language, language));

    public void ConnectAbandoned(string way, string outcome, string language) => _abandoned.Add(1, Of(TagNames.Way, way), Of(TagNames.Outcome, outcome), Of(TagNames.Language, language));

    /// <param name="step">Its name.</param>
    /// <param name="code">Null when it succeeded.</param>
    public void StepEnded(string step, string? code) => _steps.Add(1, Of(TagNames.Step, step), Of(TagNames.Outcome, code ?? TagNames.Ok));

    public void CallEnded(string operation, string outcome, TimeSpan duration) =>
        _graph.Record(duration.TotalSeconds, Of(TagNames.Operation, operation), Of(TagNames.Outcome, outcome));

    public void DeliveryAnswered(string result) => _deliveries.Add(1, Of(TagNames.Outcome, result));

    /// <param name="outcome"><c>ok</c>, <c>failed</c>, <c>postponed</c>, <c>unfinished</c> or <c>given_up</c>.</param>
    public void DeliveryWorked(string outcome) => _worked.Add(1, Of(TagNames.Outcome, outcome));

    public void DeliveryDone(TimeSpan latency) => _latency.Record(latency.TotalSeconds);

    public void ChangesMissed(int count) => _misses.Add(count);

    public void ItemParked() => _parked.Add(1);

    /// <param name="kind">The event's kind.</param>
    /// <param name="outcome"><c>ok</c>, <c>failed</c> or <c>parked</c>.</param>
    public void EventHanded(string kind, string outcome) => _events.Add(1, Of(TagNames.Event, kind), Of(TagNames.Outcome, outcome));

    /// <param name="outcome"><c>ok</c> or <c>failed</c>.</param>
    /// <param name="duration">How long it took.</param>
    public void UpkeepEnded(string outcome, TimeSpan duration) => _upkeep.Record(duration.TotalSeconds, Of(TagNames.Outcome, outcome));

    public void ProofAged(TimeSpan age) => _proofAge.Record(age.TotalSeconds);

    public void TokenInspected(TimeSpan left) => _tokenLeft.Record(left.TotalDays);

    /// <param name="reason">The reason's code.</param>
    /// <param name="isOver">Whether it is over; else it has come.</param>
    public void ReadinessChanged(string reason, bool isOver) => _readiness.Add(1, Of(TagNames.Reason, reason), Of(TagNames.Outcome, isOver ? "well_again" : "needs_attention"));

    private static KeyValuePair<string, object?> Of(string name, string value) => new(name, value);

    private static InstrumentAdvice<double> Bounds(params IReadOnlyList<double> bounds) => new() { HistogramBucketBoundaries = bounds };
}
