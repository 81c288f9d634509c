namespace WhatsAppOnboarding.Stores;

/// <summary>
/// One try of an account to connect, from the moment Meta gave an answer. Holds hashes, times, steps and the outcome: no code, no names, and
/// no token but the sealed one of an attempt that waits for a choice.
/// </summary>
public sealed record ConnectAttempt
{
    /// <summary>Random, given with the state; may be shown to the account.</summary>
    public required Guid Id { get; init; }

    /// <summary>SHA-256 of the state's id, 64 lower-case hex digits. Unique: who inserts it first has claimed the attempt.</summary>
    public required string StateHash { get; init; }

    /// <summary>SHA-256 of the code, 64 lower-case hex digits.</summary>
    public required string CodeHash { get; init; }

    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>How it came back: <c>browser</c>, <c>api</c> or <c>popup</c>, by a link <c>link</c> or <c>link_popup</c>; or <c>choice</c> for the attempt that chooses among what an earlier one was granted.</summary>
    public required string Way { get; init; }

    /// <summary>Random, of whoever claims; the generation that the numbers of this attempt get.</summary>
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

    /// <summary>While a choice can be made: what was granted, sealed. Null before, and wiped at choice, cancel or when its time is over.</summary>
    public SealedSecret? WaitingGrant { get; init; }

    /// <summary>Until when a choice is taken; null when there is none to make.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    /// <summary>
    /// The token, sealed, as long as the app may have been subscribed for nobody: so that whoever comes next can undo it, should this process die or Meta be down. At
    /// most half an hour; null otherwise.
    /// </summary>
    public SealedSecret? UndoToken { get; init; }

    /// <summary>
    /// When somebody is to end the attempt and to undo what was begun, unless it has ended well before; null when there is nothing to do.
    /// </summary>
    public DateTimeOffset? UndoAt { get; init; }
}

/// <summary>One step of an attempt.</summary>
public sealed record AttemptStep
{
    /// <summary>
    /// The <see cref="Result"/> of a step that is written down before it is done, so that it is never forgotten: a subscription. Gone when the step ends.
    /// </summary>
    public const string Begun = "begun";

    /// <summary>One of <see cref="StepNames"/>.</summary>
    public required string Step { get; init; }

    /// <summary>When it ended; of one that has only begun, when it began.</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>How long it took.</summary>
    public required long Milliseconds { get; init; }

    /// <summary><c>ok</c>, the stable code of what went wrong, or <see cref="Begun"/>.</summary>
    public required string Result { get; init; }

    /// <summary>The WABA it was about, if one.</summary>
    public string? WabaId { get; init; }

    /// <summary>Meta's error code, if Meta gave one.</summary>
    public int? MetaCode { get; init; }

    /// <summary>Meta's trace id (<c>fbtrace_id</c>), if Meta gave one.</summary>
    public string? MetaTraceId { get; init; }

    /// <summary>A word of Meta's that says more, such as the event with which its popup ended; never a name or a message.</summary>
    public string? Detail { get; init; }
}


/// <summary>
/// That somebody began to connect: one for each start within the limits, so that one can see who never came back. What becomes of it is the <see cref="ConnectAttempt"/> with
/// the same id, once there is an answer. Holds no state, no token and no name.
/// </summary>
public sealed record StartedAttempt
{
    /// <summary>That of the attempt which it becomes.</summary>
    public required Guid Id { get; init; }

    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>How it goes to Meta: <c>browser</c>, <c>api</c> or <c>popup</c>.</summary>
    public required string Way { get; init; }

    /// <summary>In which language the host spoke, such as <c>en</c>.</summary>
    public required string Language { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When Meta's window was first seen open; null where no page told.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When the page last told that somebody is there; null where it never did.</summary>
    public DateTimeOffset? LastSignAt { get; init; }

    /// <summary>When it counts as abandoned unless there is a sign or an answer before; null once it is settled.</summary>
    public DateTimeOffset? SilentAt { get; init; }

    /// <summary>The code of how it ended without an attempt; null while it may go on, and where there is an attempt.</summary>
    public string? Outcome { get; init; }
}
