using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using WhatsAppOnboarding.Tests.Conventions;
using WhatsAppOnboarding.Tests.Framework;
using static WhatsAppOnboarding.Tests.Framework.GeneratedTable;

namespace WhatsAppOnboarding.Tests.Hosting;

/// <summary>docs/telemetry.md, its dashboard and its alerts are what a host emits. WHATSAPP_TESTS_APPROVE=1 writes the tables instead of comparing.</summary>
/// <remarks>The SDK collects of all hosts of the process, so none of another test may run beside.</remarks>
[Collection(nameof(Alone))]
public sealed partial class TelemetryDocsTests
{
    [Fact]
    public async Task The_metrics_of_the_page_are_those_that_the_sdk_collects()
    {
        var collected = await Telemetry.ReadAsync();
        GeneratedTable.ShouldStandIn("telemetry.md", "metrics",
        [
            Line("metric", "kind", "unit", "tags", "what it measures"),
            Line("---", "---", "---", "---", "---"),
            .. ByName(collected).Select(metric => Line($"`{metric.Name}`", KindOf(metric), metric.Unit, Joined(Telemetry.TagsOf(metric)), metric.Description)),
        ]);
    }

    [Fact]
    public async Task The_spans_of_the_page_are_those_that_the_sdk_collects()
    {
        var collected = await Telemetry.ReadAsync();
        GeneratedTable.ShouldStandIn("telemetry.md", "spans",
        [
            Line("span", "kind", "tags"),
            Line("---", "---", "---"),
            .. collected.Spans.GroupBy(span => span.OperationName.StartsWith("graph.", StringComparison.Ordinal) ? "graph.<operation>" : span.OperationName).OrderBy(same => same.Key, StringComparer.Ordinal)
                .Select(same => Line($"`{same.Key}`", same.First().Kind.ToString().ToLowerInvariant(), Joined([.. same.SelectMany(span => span.TagObjects).Select(tag => tag.Key).Distinct().Order(StringComparer.Ordinal)]))),
        ]);
    }

    [Fact]
    public void The_log_events_of_the_page_are_those_of_the_code() => GeneratedTable.ShouldStandIn("telemetry.md", "logs",
    [
        Line("event", "level", "logged in", "text"),
        Line("---", "---", "---", "---"),
        .. new[] { SourceCode.Core, SourceCode.Core + ".EfCore", SourceCode.Core + ".RabbitMq" }.SelectMany(package => Assembly.Load(package).GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => (Category: method.DeclaringType!.FullName, Line: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(method => method.Line is not null).OrderBy(method => method.Line!.EventId)
            .Select(method => Line($"{method.Line!.EventId}", method.Line.Level == LogLevel.None ? "as the outcome" : method.Line.Level.ToString(), $"`{method.Category}`", method.Line.Message)),
    ]);

    [Fact]
    public async Task No_tag_of_a_metric_has_a_value_that_comes_from_a_customer_or_from_meta()
    {
        var collected = await Telemetry.ReadAsync();
        collected.Instruments.SelectMany(Telemetry.Tags).Select(tag => tag.Value?.ToString() ?? "").Where(value => !FixedWord().IsMatch(value)).ShouldBeEmptyList();
    }

    [Fact]
    public async Task Dashboard_and_alerts_name_only_metrics_and_labels_that_exist()
    {
        var collected = await Telemetry.ReadAsync();
        var names = ByName(collected).SelectMany(SeriesOf).ToHashSet();
        var labels = collected.Instruments.SelectMany(Telemetry.TagsOf).Select(Label).Append("le").ToHashSet();
        var panels = Queries().ToArray();
        var rules = Expression().Matches(File.ReadAllText(PathOf("telemetry/alerts.yml"))).Select(match => match.Groups[1].Value).ToArray();

        panels.Length.ShouldBeGreaterThan(10);
        rules.Length.ShouldBeGreaterThan(5);
        foreach (var query in panels.Concat(rules))
        {
            var series = Series().Matches(query).Select(match => match.Value).Distinct().ToArray();
            series.ShouldNotBeEmpty(query);
            series.Except(names).Except(labels).ShouldBeEmpty(query);
        }

        // Each metric that is emitted is on the dashboard: else nobody needs it.
        ByName(collected).Where(metric => !panels.Any(query => SeriesOf(metric).Any(name => query.Contains(name, StringComparison.Ordinal)))).Select(metric => metric.Name).ShouldBeEmpty();
    }

    private static IEnumerable<string> Queries()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(PathOf("telemetry/dashboard.json")));
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            foreach (var target in panel.TryGetProperty("targets", out var targets) ? targets.EnumerateArray() : default)
                yield return target.GetProperty("expr").GetString()!;
        }
    }

    private static IEnumerable<Metric> ByName(Telemetry collected) => collected.Instruments.DistinctBy(metric => metric.Name).OrderBy(metric => metric.Name, StringComparer.Ordinal);

    private static string KindOf(Metric metric) => metric.MetricType switch
    {
        MetricType.Histogram => "histogram",
        MetricType.LongGauge or MetricType.DoubleGauge => "gauge",
        _ => "counter",
    };

    /// <summary>As OpenTelemetry's rules name them for Prometheus.</summary>
    private static string[] SeriesOf(Metric metric)
    {
        var name = Label(metric.Name) + metric.Unit switch { "s" => "_seconds", "d" => "_days", _ => "" };
        return KindOf(metric) switch
        {
            "histogram" => [name + "_bucket", name + "_sum", name + "_count"],
            "gauge" => [name],
            _ => [name + "_total"],
        };
    }

    private static string Label(string name) => name.Replace('.', '_');

    private static string Joined(string[] tags) => string.Join(", ", tags.Select(tag => $"`{tag}`"));

    private static string PathOf(string file) => Path.GetFullPath(Path.Combine(SourceCode.Folder, "../docs", file));

    [GeneratedRegex("^[a-z_]+$")]
    private static partial Regex FixedWord();

    [GeneratedRegex("whatsapp_onboarding_[a-z_]+")]
    private static partial Regex Series();

    [GeneratedRegex("(?m)^ +expr: (.+)$")]
    private static partial Regex Expression();
}

/// <summary>For tests that nothing may run beside.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
