using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>Says why an HTTP answer is not an answer to the call.</summary>
internal static class GraphErrorReader
{
    public static GraphError Read(GraphAnswer answer, string operation, GraphCredential credential)
    {
        var (error, refused) = answer.IsRedirect ? (null, false) : Parse(answer.Body);
        var kind = error is { Code: not null } or { IsTransient: true } ? GraphErrorKinds.Of(error, answer.Status, credential)
            : refused ? GraphErrorKind.Rejected
            : GraphErrorKinds.OfStatus(answer.Status);
        return new()
        {
            Kind = kind,
            Operation = operation,
            HttpStatus = answer.Status,
            Code = error?.Code,
            Subcode = error?.Subcode,
            TraceId = error?.TraceId,
            RetryAfter = answer.Wait.Always ?? (kind == GraphErrorKind.Throttled ? answer.Wait.WhenThrottled : null),
        };
    }

    private static (MetaError? Error, bool Refused) Parse(byte[] body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
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
