using System.Net.Http.Headers;
using System.Text.Json;
using WhatsAppOnboarding.Vocabulary;

namespace WhatsAppOnboarding.Graph;

/// <summary>What came back over HTTP, read to its end.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The body, whatever it is.</param>
/// <param name="Wait">How long the headers ask to wait, if they do.</param>
internal sealed record GraphAnswer(int Status, byte[] Body, RequestedWait Wait)
{
    /// <summary>The call's answer, or the reason why this is none.</summary>
    public GraphResult<T> ReadAs<T>(GraphCall<T> call)
        where T : class
    {
        var (error, refused) = Status is >= 300 and < 400 ? (null, false) : Refusal();
        if (Status is >= 200 and < 300 && error is null && !refused && TryRead(call, out var odd) is { } value)
            return new GraphResult<T>(value) { OddFields = odd };

        var kind = error is { Code: not null } or { IsTransient: true } ? MetaErrors.KindOf(call.Operation, error, Status)
            : refused ? GraphErrorKind.Rejected
            : MetaErrors.KindOf(Status);
        return new GraphError
        {
            Kind = kind,
            Operation = call.Operation,
            HttpStatus = Status,
            Code = error?.Code,
            Subcode = error?.Subcode,
            TraceId = error?.TraceId,
            Details = error?.Details,
            AsksForLess = error?.AsksForLess == true,
            RetryAfter = Wait.Always ?? (kind == GraphErrorKind.Throttled ? Wait.WhenThrottled : null),
        };
    }

    private T? TryRead<T>(GraphCall<T> call, out IReadOnlyList<string> odd)
        where T : class
    {
        odd = [];
        try
        {
            return TolerantJson.Noticing(() => call.Read(Body), out odd);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a member of another kind than expected, or text that is not UTF-8.
            return null;
        }
    }

    /// <summary>Meta's error, or whether it said no without one. Looked for in successes too, for a host's own type might read an error as an empty answer.</summary>
    private (MetaError? Error, bool Refused) Refusal()
    {
        if (Body.AsSpan().IndexOf("\"error\""u8) < 0 && Body.AsSpan().IndexOf("\"success\""u8) < 0)
            return (null, false);

        try
        {
            using var answer = JsonDocument.Parse(Body);
            var root = answer.RootElement;
            var refused = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("success", out var success) && success.ValueKind == JsonValueKind.False;
            return (MetaError.From(root), refused);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that is not UTF-8.
            return (null, false);
        }
    }
}

/// <summary>The part of Meta's error body that may be kept. Read leniently: a strange field is a missing one.</summary>
/// <param name="Code">Meta's code.</param>
/// <param name="Subcode">Meta's subcode.</param>
/// <param name="IsTransient">Whether Meta says that it will pass.</param>
/// <param name="BlamesProof">Whether the text names the proof made with the app secret: Meta has no code of its own for that.</param>
/// <param name="TraceId">Meta's id of the request.</param>
/// <param name="Details">What Meta adds for developers.</param>
internal sealed record MetaError(int? Code, int? Subcode, bool IsTransient, bool BlamesProof, string? TraceId, string? Details)
{
    private const int MaxTraceLength = 64;
    private const int MaxDetailsLength = 1000;

    /// <summary>Reads the member <c>error</c> of an answer; null when there is none.</summary>
    public static MetaError? From(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
            ? new(
                Number(error, "code"),
                Number(error, "error_subcode"),
                error.TryGetProperty("is_transient", out var transient) && transient.ValueKind == JsonValueKind.True,
                Text(error, "message")?.Contains("appsecret_proof", StringComparison.OrdinalIgnoreCase) == true,
                Text(error, "fbtrace_id") is { } trace && IsTrace(trace) ? trace : null,
                DetailsOf(error) is { Length: > 0 } details ? details.Length <= MaxDetailsLength ? details : details[..MaxDetailsLength] : null)
            {
                AsksForLess = Text(error, "message")?.Contains("reduce the amount of data", StringComparison.OrdinalIgnoreCase) == true,
            }
            : null;

    /// <summary>Whether the text asks for a smaller page: Meta has no code of its own for that, and it never passes by itself.</summary>
    public bool AsksForLess { get; private init; }

    /// <summary>In <c>error_data</c>, which Meta writes as a text at times, or beside the code.</summary>
    private static string? DetailsOf(JsonElement error) =>
        (error.TryGetProperty("error_data", out var data) && data.ValueKind == JsonValueKind.Object ? Text(data, "details") : Text(error, "error_data")) ?? Text(error, "details");

    private static int? Number(JsonElement error, string name) => error.TryGetProperty(name, out var value) switch
    {
        true when value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) => number,
        true when value.ValueKind == JsonValueKind.String && int.TryParse(JsonText.Of(value), out var number) => number,
        _ => null,
    };

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? JsonText.Of(value) : null;

    // It goes to logs, so it may not be able to break a line or carry something else along.
    private static bool IsTrace(string text) =>
        text is { Length: > 0 and <= MaxTraceLength } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '+' or '/' or '=');
}

/// <summary>How long Meta asks to wait before the next call.</summary>
/// <remarks>Source: https://developers.facebook.com/docs/graph-api/overview/rate-limiting</remarks>
/// <param name="Always">By <c>Retry-After</c>, whatever went wrong.</param>
/// <param name="WhenThrottled">By <c>X-Business-Use-Case-Usage</c>, which also comes with answers that were not throttled.</param>
internal readonly record struct RequestedWait(TimeSpan? Always, TimeSpan? WhenThrottled)
{
    public static RequestedWait Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        var wait = headers.RetryAfter is { } after ? after.Delta ?? after.Date - now : null;
        return new(wait > TimeSpan.Zero ? wait : null, UsageLimit.OfBusinesses(headers).Max(limit => limit.Regained));
    }
}
