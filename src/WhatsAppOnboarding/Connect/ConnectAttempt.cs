namespace WhatsAppOnboarding.Connect;

/// <summary>
/// One try of an account to connect, from the moment a code came back. Holds hashes, times, steps and the outcome: no token, no code, no names.
/// </summary>
public sealed record ConnectAttempt
{
    /// <summary>Random; may be shown to the account.</summary>
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the state's id, 64 lower-case hex digits. Unique: who inserts it first has claimed the attempt.</summary>
    public required string StateHash { get; init; }

    /// <summary>SHA-256 of the code, 64 lower-case hex digits.</summary>
    public required string CodeHash { get; init; }

    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>How it came back: <c>browser</c> or <c>api</c>.</summary>
    public required string Way { get; init; }

    /// <summary>The generation that the numbers of this attempt get.</summary>
    public required Guid Generation { get; init; }

    /// <summary>When it was claimed.</summary>
    public required DateTimeOffset ClaimedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The code of the outcome; null while it runs.</summary>
    public string? Outcome { get; init; }

    /// <summary>How many numbers it connected.</summary>
    public int PhoneCount { get; init; }

    /// <summary>What was done, in the order in which it ended.</summary>
    public IReadOnlyList<AttemptStep> Steps { get; init; } = [];
}

/// <summary>One step of an attempt.</summary>
/// <param name="Step">Which one, such as <c>exchange</c> or <c>list</c>.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Result"><c>ok</c> or the stable code of what went wrong.</param>
/// <param name="WabaId">The WABA it was about, if one.</param>
/// <param name="MetaCode">Meta's error code, if Meta gave one.</param>
/// <param name="MetaTraceId">Meta's trace id (<c>fbtrace_id</c>), if Meta gave one.</param>
public sealed record AttemptStep(
    string Step,
    DateTimeOffset EndedAt,
    long Milliseconds,
    string Result,
    string? WabaId = null,
    int? MetaCode = null,
    string? MetaTraceId = null);
