using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging;
using WhatsAppOnboarding.Graph;
using WhatsAppOnboarding.Webhooks;

namespace WhatsAppOnboarding.Tests.Graph;

public sealed class TelemetryTests : IDisposable
{
    private readonly TheGraph _graph = new();

    public void Dispose() => _graph.Dispose();

    [Fact]
    public async Task A_failed_call_is_one_warning_with_what_support_asks_for_and_a_line_on_what_it_means()
    {
        await _graph.Answers(Some.Error(190, 463), HttpStatusCode.BadRequest).SendAsync(Some.Message);
        _graph.Logs.Lines.Select(logged => logged.EventId).ShouldBe([1001, 1280]);
        var line = _graph.Logs.Lines.Where(logged => logged.Level >= LogLevel.Warning).ShouldHaveSingleItem();
        (line.Category, line.Level, line.EventId).ShouldBe(("WhatsAppOnboarding.Graph.GraphClient", LogLevel.Warning, 1001));
        line.Text.ShouldStartWith("Graph call send_message failed as TokenInvalid: HTTP 400, code 190, subcode 463, fbtrace_id Az8or2yhqkZfEZ, 0 ms.");
    }

    [Fact]
    public async Task No_line_of_a_failed_call_has_a_blank_where_meta_said_nothing()
    {
        await _graph.Answers("<html></html>", HttpStatusCode.BadGateway).SendAsync(Some.Message);
        await _graph.Answers(Some.Error(190), HttpStatusCode.BadRequest).SendAsync(Some.Message);
        await _graph.Answers("""{"error":{"code":987654}}""", HttpStatusCode.BadRequest).SendAsync(Some.Message);

        var lines = _graph.Logs.Lines.Where(logged => logged.EventId is 1001 or 1004 or 1005).ToArray();
        lines.Select(line => line.EventId).ShouldBe([1005, 1001, 1001]);
        lines[0].Text.ShouldStartWith("Graph call send_message failed as Unavailable: HTTP 502 without an error code of Meta's: unreadable, 0 ms.");
        lines[1].Text.ShouldContain("code 190, subcode -, fbtrace_id Az8or2yhqkZfEZ");
        lines[2].Text.ShouldContain("code 987654, subcode -, fbtrace_id -");
        lines.ShouldAllBe(line => !line.Text.Contains(" ,") && !line.Text.Contains("(null)"));
    }

    [Fact]
    public async Task A_successful_call_is_one_line_for_debugging()
    {
        await _graph.Answers(Some.Done).SendAsync(Some.Subscribing);
        var line = _graph.Logs.Lines.ShouldHaveSingleItem();
        (line.Level, line.EventId).ShouldBe((LogLevel.Debug, 1000));
    }

    [Fact]
    public async Task A_repeated_call_and_a_refused_field_list_are_told()
    {
        _graph.Answers(Some.Error(2)).Answers(Some.Error(100), HttpStatusCode.BadRequest).Answers(Some.Page(""));
        await _graph.SendPatientlyAsync(Some.Listing);
        _graph.Logs.Lines.Select(line => line.EventId).ShouldBe([1002, 1003, 1000]);
    }

    [Fact]
    public async Task Each_call_is_one_span_with_its_outcome()
    {
        List<Activity> spans = [];
        using var root = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WhatsAppOnboardingOptions.TelemetryName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == root.TraceId)
                    spans.Add(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        await _graph.Answers(Some.Error(2)).Answers(Some.Done).SendPatientlyAsync(Some.Subscribing);
        await _graph.Answers(Some.Error(10), HttpStatusCode.Forbidden).SendAsync(Some.Message);

        spans.Select(span => (span.OperationName, span.Kind, span.Status)).ShouldBe(
            [("graph.subscribe_app", ActivityKind.Client, ActivityStatusCode.Unset), ("graph.send_message", ActivityKind.Client, ActivityStatusCode.Error)]);
        spans[0].GetTagItem("whatsapp_onboarding.outcome").ShouldBe("ok");
        spans[1].GetTagItem("whatsapp_onboarding.outcome").ShouldBe("permission_missing");
        spans[1].GetTagItem("whatsapp_onboarding.meta.code").ShouldBe(10);
        spans[1].GetTagItem("http.response.status_code").ShouldBe(403);
    }

    [Fact]
    public async Task Each_call_is_measured_in_seconds()
    {
        List<(double Value, string Tags)> measured = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument is { Name: "whatsapp_onboarding.graph.duration", Unit: "s", Meter.Name: WhatsAppOnboardingOptions.TelemetryName } && _graph.Owns(instrument.Meter))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => measured.Add((value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")))));
        listener.Start();

        _graph.Hangs();
        var call = _graph.SendAsync(Some.Exchanging);
        _graph.Time.Advance(TimeSpan.FromSeconds(10));
        await call;
        measured.ShouldBe([(10, "whatsapp_onboarding.operation=exchange_code whatsapp_onboarding.outcome=timed_out")]);
    }
}
