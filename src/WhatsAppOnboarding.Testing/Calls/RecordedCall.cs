namespace WhatsAppOnboarding.Testing;

/// <summary>One call of the Graph API. Holds no query values, so no token, code or secret.</summary>
public sealed class RecordedCall
{
    /// <summary>What was called; one of <see cref="GraphOperations"/>.</summary>
    public required string Operation { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string Method { get; init; }

    /// <summary>The path without its query, for example <c>/v25.0/1234/phone_numbers</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The names of the query parameters, without their values.</summary>
    public required IReadOnlyList<string> QueryNames { get; init; }

    /// <summary>When it began, by the emulator's clock.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it began, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public required long StartedTicks { get; init; }

    /// <summary>Whether an access token stood in the URL: Meta accepts it, logs remember it.</summary>
    public required bool TokenInUrl { get; init; }

    /// <summary>Whether it carried <c>traceparent</c>, <c>baggage</c> or <c>Cookie</c>: headers that are none of Meta's business.</summary>
    public required bool CarriedUnwantedHeaders { get; init; }

    /// <summary>The caller's <c>User-Agent</c>, or null.</summary>
    public required string? UserAgent { get; init; }

    /// <summary>When its answer was ready, by the emulator's clock.</summary>
    /// <value>Null: not yet.</value>
    public DateTimeOffset? EndedAt { get; internal set; }

    /// <summary>When its answer was ready, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    /// <value>Null: not yet.</value>
    public long? EndedTicks { get; internal set; }

    /// <summary>The HTTP status.</summary>
    /// <value>Null: no answer yet, or never one.</value>
    public int? Status { get; internal set; }

    /// <summary>Meta's error code.</summary>
    /// <value>Null: no error.</value>
    public int? Code { get; internal set; }

    /// <summary>Method, path and status.</summary>
    public override string ToString() => $"{Method} {Path} ({Operation}) -> {Status}{(Code is null ? "" : $"/{Code}")}";
}
