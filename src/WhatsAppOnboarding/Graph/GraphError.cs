namespace WhatsAppOnboarding.Graph;

/// <summary>Why a call to Meta has no answer.</summary>
/// <remarks>
/// Safe to log and to store: Meta's own message text is left out on purpose, because it may quote telephone numbers and values of the request.
/// Source: https://developers.facebook.com/docs/graph-api/guides/error-handling
/// </remarks>
public sealed record GraphError
{
    /// <summary>What to make of it. Branch on this one.</summary>
    public required GraphErrorKind Kind { get; init; }

    /// <summary>The call's name, such as <c>list_phone_numbers</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The HTTP status, or null when no answer came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Meta's <c>code</c>, or null when Meta gave none.</summary>
    public int? Code { get; init; }

    /// <summary>Meta's <c>error_subcode</c>, or null when Meta gave none. 36007, 36008 and 36009 tell what is wrong with a login code.</summary>
    public int? Subcode { get; init; }

    /// <summary>Meta's <c>fbtrace_id</c>, which Meta's support asks for; null when Meta gave none.</summary>
    public string? TraceId { get; init; }

    /// <summary>How long Meta asks to wait before the next call, or null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
