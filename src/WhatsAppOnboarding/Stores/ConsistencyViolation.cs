namespace WhatsAppOnboarding;

/// <summary>A rule that does not hold.</summary>
/// <param name="Code">Stable: <c>number_rule</c>, <c>reference_wrong</c>, <c>copy_missing</c>, <c>copy_wrong</c>, <c>sequence_wrong</c>,
/// <c>token_kept_too_long</c>, <c>not_subscribed</c> or <c>number_taken</c>.</param>
/// <param name="Text">What is wrong, in a sentence.</param>
/// <param name="Number">The number concerned; null when it is the account as a whole.</param>
public sealed record ConsistencyViolation(string Code, string Text, PhoneNumberId? Number = null);
