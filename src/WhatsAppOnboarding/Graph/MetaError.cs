using System.Text.Json;

namespace WhatsAppOnboarding.Graph;

/// <summary>The part of Meta's error body that may be kept. Read leniently: a strange field is a missing one.</summary>
/// <param name="Code">Meta's code.</param>
/// <param name="Subcode">Meta's subcode.</param>
/// <param name="IsTransient">Whether Meta says that it will pass.</param>
/// <param name="BlamesProof">Whether the text names the proof made with the app secret: Meta has no code of its own for that.</param>
/// <param name="TraceId">Meta's id of the request.</param>
internal sealed record MetaError(int? Code, int? Subcode, bool IsTransient, bool BlamesProof, string? TraceId)
{
    private const int MaxTraceLength = 64;

    /// <summary>Reads the member <c>error</c> of an answer; null when there is none.</summary>
    public static MetaError? From(JsonElement answer) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
            ? new(
                Number(error, "code"),
                Number(error, "error_subcode"),
                error.TryGetProperty("is_transient", out var transient) && transient.ValueKind == JsonValueKind.True,
                Text(error, "message")?.Contains("appsecret_proof", StringComparison.OrdinalIgnoreCase) == true,
                Text(error, "fbtrace_id") is { } trace && IsTrace(trace) ? trace : null)
            : null;

    private static int? Number(JsonElement error, string name) => error.TryGetProperty(name, out var value) switch
    {
        true when value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) => number,
        true when value.ValueKind == JsonValueKind.String && int.TryParse(value.GetString(), out var number) => number,
        _ => null,
    };

    private static string? Text(JsonElement error, string name) =>
        error.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // It goes to logs, so it may not be able to break a line or carry something else along.
    private static bool IsTrace(string text) =>
        text is { Length: > 0 and <= MaxTraceLength } && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '+' or '/' or '=');
}
