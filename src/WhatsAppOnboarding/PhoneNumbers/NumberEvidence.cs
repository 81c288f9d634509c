namespace WhatsAppOnboarding.PhoneNumbers;

/// <summary>What Meta confirmed for an account's own token, and when. Null means: not confirmed.</summary>
/// <param name="TokenInspectedAt">The token was inspected and found valid and ours.</param>
/// <param name="ListedAt">The number was listed with the token, which proves access.</param>
/// <param name="SubscribedAt">The app was subscribed to the WABA with the token.</param>
public sealed record NumberEvidence(
    DateTimeOffset? TokenInspectedAt = null,
    DateTimeOffset? ListedAt = null,
    DateTimeOffset? SubscribedAt = null);
