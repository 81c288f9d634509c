using System.Net.Http.Headers;
using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>How long Meta asks to wait before the next call.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting</remarks>
/// <param name="Always">By <c>Retry-After</c>, whatever went wrong.</param>
/// <param name="WhenThrottled">By <c>X-Business-Use-Case-Usage</c>, which also comes with answers that were not throttled.</param>
internal readonly record struct RequestedWait(TimeSpan? Always, TimeSpan? WhenThrottled)
{
    private const int LongestMinutes = 7 * 24 * 60;

    public static RequestedWait Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var wait = headers.RetryAfter is { } after ? after.Delta ?? after.Date - now : null;
        return new(wait > TimeSpan.Zero ? wait : null, UntilRegained(headers));
    }

    private static TimeSpan? UntilRegained(HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues("X-Business-Use-Case-Usage", out var values))
            return null;

        try
        {
            using var usage = JsonDocument.Parse(values.First());
            var minutes = usage.RootElement.EnumerateObject()
                .SelectMany(business => business.Value.EnumerateArray())
                .Select(limit => limit.TryGetProperty("estimated_time_to_regain_access", out var time) && time.TryGetInt32(out var number) ? number : 0)
                .DefaultIfEmpty()
                .Max();
            return minutes is > 0 and <= LongestMinutes ? TimeSpan.FromMinutes(minutes) : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
