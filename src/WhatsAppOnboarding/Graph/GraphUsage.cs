using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>
/// How much of Meta's limits is used, by the headers of its answers: what can wait asks here before it calls Meta, so that there is room for what a person waits for.
/// </summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting</remarks>
internal sealed class GraphUsage
{
    private const double High = 75;
    private const string TheApp = "";

    /// <summary>Meta counts the calls of an hour.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    // Only of what is nearly used up: of most there is nothing to remember.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new();

    // Ticks; the least of all for an offset that is not known.
    private long _clockOffset = long.MinValue;

    /// <summary>How far Meta's clock was ahead of this host's at the last answer that said a time; null while none did.</summary>
    public TimeSpan? ClockOffset => Volatile.Read(ref _clockOffset) is var ticks and not long.MinValue ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>Takes what an answer says; one without such headers says nothing.</summary>
    public void Note(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.Date is { } date)
            Volatile.Write(ref _clockOffset, (date - now).Ticks);
        foreach (var owner in UsageLimit.OfApp(headers).Concat(UsageLimit.OfBusinesses(headers)).GroupBy(limit => limit.Owner ?? TheApp))
        {
            if (owner.Where(limit => limit.Percent >= High).Max(limit => limit.Regained ?? (TimeSpan?)Window) is { } wait)
                _until[owner.Key] = now + (wait < Window ? wait : Window);
            else
                _until.TryRemove(owner.Key, out _);
        }
    }

    /// <summary>How long what can wait should wait before it asks about a WABA; null for not at all, an hour at most.</summary>
    public TimeSpan? WaitFor(WabaId waba, DateTimeOffset now)
    {
        var (ofApp, ofWaba) = (LeftOf(TheApp, now), LeftOf(waba.ToString(), now));
        return ofApp > ofWaba || ofWaba is null ? ofApp : ofWaba;
    }

    private TimeSpan? LeftOf(string owner, DateTimeOffset now)
    {
        if (!_until.TryGetValue(owner, out var until))
            return null;
        if (until > now)
            return until - now;
        _until.TryRemove(new(owner, until));
        return null;
    }
}

/// <summary>One limit of Meta's and how much of it is used.</summary>
/// <param name="Owner">The id of the business object that it is of; null for the app.</param>
/// <param name="Percent">The highest of Meta's percentages; 100 is all.</param>
/// <param name="Regained">When Meta takes calls again, if it says so.</param>
internal readonly record struct UsageLimit(string? Owner, double Percent, TimeSpan? Regained)
{
    private const int LongestMinutes = 7 * 24 * 60;

    public static IReadOnlyList<UsageLimit> OfApp(HttpResponseHeaders headers) => Read(headers, "X-App-Usage", root => [Of(null, root)]);

    public static IReadOnlyList<UsageLimit> OfBusinesses(HttpResponseHeaders headers) => Read(headers, "X-Business-Use-Case-Usage", root =>
        root.EnumerateObject()
            .Where(business => business.Value.ValueKind is JsonValueKind.Array)
            .SelectMany(business => business.Value.EnumerateArray(), (business, limit) => Of(business.Name, limit)));

    /// <summary>What cannot be read says nothing.</summary>
    private static IReadOnlyList<UsageLimit> Read(HttpResponseHeaders headers, string name, Func<JsonElement, IEnumerable<UsageLimit>> read)
    {
        if (!headers.TryGetValues(name, out var values))
            return [];
        try
        {
            using var usage = JsonDocument.Parse(values.First());
            return usage.RootElement.ValueKind is JsonValueKind.Object ? [.. read(usage.RootElement)] : [];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static UsageLimit Of(string? owner, JsonElement limit)
    {
        var percent = Math.Max(Number(limit, "call_count"u8), Math.Max(Number(limit, "total_time"u8), Number(limit, "total_cputime"u8)));
        var minutes = Number(limit, "estimated_time_to_regain_access"u8);
        return new(owner, percent, minutes is > 0 and <= LongestMinutes ? TimeSpan.FromMinutes(minutes) : null);
    }

    private static double Number(JsonElement limit, ReadOnlySpan<byte> name) =>
        limit.ValueKind is JsonValueKind.Object && limit.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) ? number : 0;
}
