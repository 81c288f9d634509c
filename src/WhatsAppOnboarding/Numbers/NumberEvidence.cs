namespace WhatsAppOnboarding.Stores;

/// <summary>What Meta confirmed for an account's own token, and when. Null means: not confirmed.</summary>
public sealed record NumberEvidence
{
    /// <summary>The token was inspected and found valid and ours.</summary>
    public DateTimeOffset? TokenInspectedAt { get; init; }

    /// <summary>The number was listed with the token, which proves access.</summary>
    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>The app was subscribed to the WABA with the token.</summary>
    public DateTimeOffset? SubscribedAt { get; init; }

    /// <summary>The number is registered: it was registered with the token, or listed with it as such.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>Meta refused to show the number to the token; a later <see cref="ListedAt"/> outweighs it.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>Whether Meta's last answer was a refusal.</summary>
    internal bool IsRefused => RefusedAt is not null && !(ListedAt >= RefusedAt);

    /// <summary>Whether Meta has said since then whether it shows the number to the token.</summary>
    internal bool IsAnsweredSince(DateTimeOffset time) => ListedAt >= time || RefusedAt >= time;
}

/// <summary>A PIN with which a number was registered or may have been. Stored before it is sent, so that it is never lost.</summary>
public sealed record RegistrationPin
{
    /// <summary>The PIN, sealed for this account and number.</summary>
    public required SealedSecret Sealed { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>When Meta took it; null while that is not known.</summary>
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>When a person last read it; null when nobody did.</summary>
    public DateTimeOffset? LastReadAt { get; init; }
}

/// <summary>A request for what a number has in the WhatsApp Business app. Recorded before it is sent, because Meta takes each one once.</summary>
public sealed record NumberSync
{
    /// <summary><see cref="StepNames.SyncContacts"/> or <see cref="StepNames.SyncHistory"/>.</summary>
    public required string Step { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Meta's id of the request; null when no answer came, or one without an id.</summary>
    public string? RequestId { get; init; }
}

/// <summary>A step that is being done for a number right now, by which a second request for the same number is kept away.</summary>
public sealed record RunningStep
{
    /// <summary>A step that has run for longer was broken off, by the clock of who does it.</summary>
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    /// <summary>Random; who wrote it has the number.</summary>
    public required Guid Id { get; init; }

    /// <summary>Which one: one of <see cref="StepNames"/>.</summary>
    public required string Step { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether it may still run, whatever the clock of the node that does it says; a start that lies far ahead blocks nothing for ever.</summary>
    internal bool IsAlive(DateTimeOffset now) => (now - StartedAt).Duration() < Life + NodeClocks.Apart;
}
