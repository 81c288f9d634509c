namespace WhatsAppOnboarding.PhoneNumbers;

/// <summary>What Meta confirmed for an account's own token, and when. Null means: not confirmed.</summary>
/// <param name="TokenInspectedAt">The token was inspected and found valid and ours.</param>
/// <param name="ListedAt">The number was listed with the token, which proves access.</param>
/// <param name="SubscribedAt">The app was subscribed to the WABA with the token.</param>
/// <param name="RegisteredAt">The number is registered: it was registered with the token, or listed with it as such.</param>
public sealed record NumberEvidence(
    DateTimeOffset? TokenInspectedAt = null,
    DateTimeOffset? ListedAt = null,
    DateTimeOffset? SubscribedAt = null,
    DateTimeOffset? RegisteredAt = null);
