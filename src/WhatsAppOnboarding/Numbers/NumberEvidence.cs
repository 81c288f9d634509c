namespace WhatsAppOnboarding.Stores;

/// <summary>What Meta confirmed for an account's own token, and when. Null means: not confirmed.</summary>
/// <param name="TokenInspectedAt">The token was inspected and found valid and ours.</param>
/// <param name="ListedAt">The number was listed with the token, which proves access.</param>
/// <param name="SubscribedAt">The app was subscribed to the WABA with the token.</param>
/// <param name="RegisteredAt">The number is registered: it was registered with the token, or listed with it as such.</param>
/// <param name="RefusedAt">Meta refused to show the number to the token; a later <paramref name="ListedAt"/> outweighs it.</param>
public sealed record NumberEvidence(
    DateTimeOffset? TokenInspectedAt = null,
    DateTimeOffset? ListedAt = null,
    DateTimeOffset? SubscribedAt = null,
    DateTimeOffset? RegisteredAt = null,
    DateTimeOffset? RefusedAt = null)
{
    /// <summary>Whether Meta's last answer was a refusal.</summary>
    internal bool IsRefused => RefusedAt is not null && !(ListedAt >= RefusedAt);

    /// <summary>Whether Meta has said since then whether it shows the number to the token.</summary>
    internal bool IsAnsweredSince(DateTimeOffset time) => ListedAt >= time || RefusedAt >= time;
}
