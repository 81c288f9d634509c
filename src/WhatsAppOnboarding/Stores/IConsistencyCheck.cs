namespace WhatsAppOnboarding;

/// <summary>Compares what is kept of an account with the rules of the authority.</summary>
public interface IConsistencyCheck
{
    /// <summary>Every violation for the account; empty when all is well. Another account is never named.</summary>
    Task<IReadOnlyList<ConsistencyViolation>> CheckAsync(AccountId account, CancellationToken cancellationToken = default);
}

/// <summary>A rule that does not hold.</summary>
/// <param name="Code">Stable: <c>number_rule</c>, <c>reference_wrong</c>, <c>copy_missing</c>, <c>copy_wrong</c>, <c>sequence_wrong</c>,
/// <c>token_kept_too_long</c>, <c>not_subscribed</c> or <c>number_taken</c>.</param>
/// <param name="Text">What is wrong, in a sentence.</param>
/// <param name="Number">The number concerned; null when it is the account as a whole.</param>
public sealed record ConsistencyViolation(string Code, string Text, PhoneNumberId? Number = null);
