namespace WhatsAppOnboarding.Stores;

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
