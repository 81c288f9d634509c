namespace WhatsAppOnboarding.Stores;

/// <summary>What is known of a number, and since when: what Meta confirmed for the account's own token, what came in, what was sent. Null means: not known.</summary>
public sealed record NumberEvidence
{
    /// <summary>The token was inspected and found valid and ours.</summary>
    public DateTimeOffset? TokenInspectedAt { get; init; }

    /// <summary>The number was listed with the token, which proves access.</summary>
    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>The app was subscribed to the WABA with the token, or Meta showed that it still is; null, too, once Meta showed that it is not any more.</summary>
    public DateTimeOffset? SubscribedAt { get; init; }

    /// <summary>The number is registered: it was registered with the token, or listed with it as such.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>Meta refused to show the number to the token; a later <see cref="ListedAt"/> outweighs it.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>
    /// The stable code of why Meta did not show the number when it was last asked, where that says more than that the token is of no use any more, such as
    /// <see cref="ErrorCodes.TwoFactorNeeded"/>; null once Meta showed it.
    /// </summary>
    public string? StoppedBy { get; init; }

    /// <summary>Since when that is so.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>Upkeep found that the app was not subscribed any more, and subscribed it again.</summary>
    public DateTimeOffset? ResubscribedAt { get; init; }

    /// <summary>The last webhook with something of a customer came in. Noted about once an hour.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The last copy of a conversation that another responder handles came in (<c>standby</c>). Noted about once an hour.</summary>
    public DateTimeOffset? StandbyAt { get; init; }

    /// <summary>A message was sent. Noted about once an hour.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>
    /// A message failed for a reason that concerns the number and not the message. Null again when one was sent an hour or more after that, when Meta's health says that
    /// the payment is well (<see cref="SendFailure"/> 131042), when the number is registered (133010, 131045), or when it is connected again (10, 131005, 200 to 299).
    /// </summary>
    public DateTimeOffset? SendFailedAt { get; init; }

    /// <summary>The first message that failed so; once Meta has shown the number after that, whether it still holds only the next message says.</summary>
    public DateTimeOffset? SendFailingSince { get; init; }

    /// <summary>Meta's code of that failure.</summary>
    public int? SendFailure { get; init; }

    /// <summary>Meta's health of the number was read.</summary>
    public DateTimeOffset? HealthReadAt { get; init; }

    /// <summary>The codes of what Meta's health then found, of number, WABA and portfolio; 0 for one of them that is blocked without a code.</summary>
    public IReadOnlyList<int> HealthErrors { get; init; } = [];

    /// <summary>When upkeep looks at the number next; null for its usual time after the connect.</summary>
    public DateTimeOffset? NextCheckAt { get; init; }

    /// <summary>Of a number that is not held and whose PIN is kept: when upkeep last looked whether an older Data Protection key seals it; null for not since it was disconnected.</summary>
    public DateTimeOffset? SealsCheckedAt { get; init; }

    /// <summary>How often upkeep got no whole answer since the last one.</summary>
    public int CheckFailures { get; init; }

    /// <inheritdoc/>
    public bool Equals(NumberEvidence? other) =>
        other is not null
        && (TokenInspectedAt, ListedAt, SubscribedAt, RegisteredAt, RefusedAt) == (other.TokenInspectedAt, other.ListedAt, other.SubscribedAt, other.RegisteredAt, other.RefusedAt)
        && (ResubscribedAt, ReceivedAt, StandbyAt, SendFailedAt, SendFailure) == (other.ResubscribedAt, other.ReceivedAt, other.StandbyAt, other.SendFailedAt, other.SendFailure)
        && (StoppedBy, StoppedAt, SentAt, SendFailingSince) == (other.StoppedBy, other.StoppedAt, other.SentAt, other.SendFailingSince)
        && (HealthReadAt, NextCheckAt, CheckFailures, SealsCheckedAt) == (other.HealthReadAt, other.NextCheckAt, other.CheckFailures, other.SealsCheckedAt)
        && HealthErrors.SequenceEqual(other.HealthErrors);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ListedAt, SubscribedAt, NextCheckAt);

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

    /// <summary>Who that was, as the host names the person; null when it did not say.</summary>
    public string? LastReadBy { get; init; }
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
