namespace WhatsAppOnboarding;

/// <summary>A rule that does not hold.</summary>
public sealed record ConsistencyViolation
{
    /// <summary>
    /// Stable: <c>number_rule</c>, <c>reference_wrong</c>, <c>copy_missing</c>, <c>copy_wrong</c>, <c>sequence_wrong</c>,
    /// <c>token_kept_too_long</c>, <c>not_subscribed</c> or <c>number_taken</c>.
    /// </summary>
    public required string Code { get; init; }

    /// <summary>What is wrong, in a sentence.</summary>
    public required string Text { get; init; }

    /// <summary>The number concerned; null when it is the account as a whole.</summary>
    public PhoneNumberId? Number { get; init; }
}
